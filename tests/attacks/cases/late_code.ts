import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run on after the reply has been written.",
  way: "An asynchronous gene that awaits.",
  body: "await undefined; succeed();",
  waits: true,
  audit: stops("async is not allowed"),
  runtime: passes,
  permissions: passes,
});
