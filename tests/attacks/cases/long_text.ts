import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Use memory without end.",
  way: "A text that doubles, and is flattened each time.",
  body: 'let text = "x"; for (;;) { text += text; if (text.indexOf("y") === 0) return true; }',
  audit: passes,
  limits: stops(),
  evaluations: stops("memory"),
});
