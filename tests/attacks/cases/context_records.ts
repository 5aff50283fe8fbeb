import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Change what the gene perceives, is parametrised by, and is rewarded with.",
  way: "Writes to the context, its perception and its parameters.",
  body:
    "const writes: any = [() => { life.reward = 99; return life.reward === 99; }, () => { life.perception.moved = 99; return life.perception.moved === 99; }, () => { life.parameters.rate = 99; return life.parameters.rate === 99; }]; return writes[life.step % 3]();",
  audit: passes,
  runtime: stops(),
  lives: stops("crash"),
});
