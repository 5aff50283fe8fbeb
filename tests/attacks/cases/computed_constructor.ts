import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code that is made up while the gene runs.",
  way: "The constructor of a function's constructor, by a key that is put together while the gene runs.",
  body: 'const key = ["con", "structor"].join(""); return context.random[key]("return 6 * 7")() === 42;',
  audit: passes,
  runtime: stops(),
  permissions: passes,
  evaluations: stops("crash"),
});
