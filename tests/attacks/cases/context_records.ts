import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Change what the gene perceives, is parametrised by, and is rewarded with.",
  way: "Writes to the context, its perception and its parameters.",
  body:
    "const writes: any = [() => { context.reward = 99; return context.reward === 99; }, () => { context.perception.moved = 99; return context.perception.moved === 99; }, () => { context.parameters.rate = 99; return context.parameters.rate === 99; }]; return writes[context.step % 3]();",
  audit: passes,
  runtime: stops(),
  evaluations: stops("crash"),
});
