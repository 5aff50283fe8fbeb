import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Use CPU time in a place where no engine looks whether it should stop.",
  way: "One call of a built-in function over a sparse list of four thousand million places, again and again.",
  body: "const list: any = []; list.length = 4294967295; for (;;) if (list.indexOf(1) === 0) return true;",
  audit: passes,
  limits: stops("cpu"),
  evaluations: stops("cpu"),
});
