import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Use CPU time in a place where no engine looks whether it should stop.",
  way: "A regular expression that backtracks exponentially.",
  body: 'return /^(a+)+$/.test("a".repeat(60) + "!");',
  audit: passes,
  limits: stops("cpu"),
  evaluations: stops("cpu"),
});
