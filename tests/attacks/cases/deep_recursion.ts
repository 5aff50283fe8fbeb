import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "End the process by the end of its stack.",
  way: "A function that calls itself.",
  body: "const down = (n: any): any => 1 + down(n + 1); return down(0) > 0;",
  audit: passes,
  runtime: stops(),
  limits: stops(),
  evaluations: stops("stack"),
});
