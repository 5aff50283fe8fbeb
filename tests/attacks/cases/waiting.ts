import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Hold a process of the supervisor for ever, without using CPU time.",
  way: "A timer of eleven days.",
  body: "setTimeout(succeed, 1e9); return false;",
  audit: stops("setTimeout is neither declared here"),
  runtime: stops(),
  limits: stops("wall"),
  wallMs: 500,
});
