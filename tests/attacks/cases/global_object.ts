import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Leave something for other genes in the global object.",
  way: "A new property of globalThis.",
  body: "globalThis.left = 1; return globalThis.left === 1;",
  audit: stops("globalThis is neither declared here"),
  runtime: stops(),
  permissions: passes,
});
