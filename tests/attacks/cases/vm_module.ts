import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code that is made up while the gene runs, in a realm that nothing has hardened.",
  way: "node:vm, by process.getBuiltinModule.",
  body: 'return process.getBuiltinModule("node:vm").runInNewContext("6 * 7") === 42;',
  audit: stops("process is neither declared here"),
  runtime: stops(),
  permissions: passes,
});
