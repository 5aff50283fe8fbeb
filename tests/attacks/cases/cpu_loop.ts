import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Use CPU time without end.",
  way: "A loop that never ends.",
  body: "for (;;);",
  audit: passes,
  limits: stops("cpu"),
  evaluations: stops("cpu"),
});
