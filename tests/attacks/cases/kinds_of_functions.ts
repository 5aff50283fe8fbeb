import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code that is made up while the gene runs.",
  way: "The constructors of asynchronous functions and of generators, which no global names.",
  body:
    'const key = ["con", "structor"].join(""); return [async function () {}, function* () {}, async function* () {}].some((one) => { const make = Object.getPrototypeOf(one)[key]; return typeof make === "function" && typeof make("return 1") === "function"; });',
  audit: stops("async is not allowed"),
  runtime: stops(),
  permissions: passes,
});
