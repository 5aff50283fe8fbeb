import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code that is made up while the gene runs.",
  way: "The constructor of a function's constructor, by its name.",
  body: 'return (() => 0).constructor("return 6 * 7")() === 42;',
  audit: stops("the property constructor"),
  runtime: stops(),
  permissions: passes,
});
