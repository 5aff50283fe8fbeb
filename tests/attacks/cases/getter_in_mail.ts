import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Show one value when the runtime checks a message and another when it takes it.",
  way: "A class that extends lists has a getter for its first place.",
  body:
    "let reads = 0; class Sly extends Array { get 0() { reads++; return reads === 1 ? 1 : 1e300; } } context.send(0, new Sly(1)); return reads > 1;",
  audit: stops("getters and setters are not allowed"),
  runtime: stops(),
});
