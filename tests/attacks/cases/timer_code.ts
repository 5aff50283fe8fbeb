import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code after the evaluation is over.",
  way: "A timer, which calls back when the reply has been written.",
  body: "setTimeout(succeed, 0); return false;",
  audit: stops("setTimeout is neither declared here"),
  runtime: stops(),
  permissions: passes,
});
