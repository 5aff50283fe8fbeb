import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code that is made up while the gene runs.",
  way: "A direct call of eval.",
  body: 'return eval("6 * 7") === 42;',
  audit: stops("eval is neither declared here"),
  runtime: stops(),
  permissions: passes,
  bubblewrap: passes,
});
