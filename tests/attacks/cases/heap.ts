import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Use memory without end.",
  way: "Lists of numbers on the engine's heap, all of them kept.",
  body: "const all: any = []; for (;;) all.push(new Array(1_000_000).fill(all.length));",
  audit: passes,
  limits: stops("memory"),
  evaluations: stops("memory"),
});
