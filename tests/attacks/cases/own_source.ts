import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Read the source of the runtime and of other genes, so as to depend on it.",
  way: "The text of a function that was handed over.",
  body: 'const text = ["to", "String"].join(""); return Function.prototype[text].call(context.random).length > 0;',
  audit: stops("Function is neither declared here"),
  runtime: stops(),
  permissions: passes,
});
