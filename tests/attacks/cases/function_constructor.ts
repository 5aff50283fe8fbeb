import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code that is made up while the gene runs.",
  way: "The global Function as a constructor.",
  body: 'return new Function("return 6 * 7")() === 42;',
  audit: stops("Function is neither declared here"),
  runtime: stops(),
  permissions: passes,
});
