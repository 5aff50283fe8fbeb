import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Make the runtime count actions that were never taken.",
  way: "A built-in function that the runtime calls is replaced, reached by a key that is put together.",
  body:
    'const key = ["con", "structor"].join(""); const list: any = []; list[key].isArray = () => false; return !Array.isArray([]);',
  audit: passes,
  runtime: stops(),
  permissions: passes,
  evaluations: stops("crash"),
});
