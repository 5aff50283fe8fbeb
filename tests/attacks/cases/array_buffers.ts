import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Use memory that the limit of the heap does not count.",
  way: "Typed arrays, all of them kept and written to.",
  body: "const all: any = []; for (;;) all.push(new Float64Array(4_000_000).fill(1));",
  audit: passes,
  limits: stops(),
  evaluations: stops("memory"),
});
