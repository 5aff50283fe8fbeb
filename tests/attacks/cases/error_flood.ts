import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Fill the supervisor's memory, or its log.",
  way: "Writes to stderr without end.",
  body: 'for (;;) console.error("x".repeat(1000));',
  audit: stops("console is neither declared here"),
  runtime: stops(),
  limits: stops("output"),
});
