import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Reach the runtime's own functions.",
  way: "The caller of the gene, by its name and by that of its arguments.",
  body:
    'const name = ["cal", "ler"].join(""); const self: any = function () { return self[name]; }; return typeof self() === "function";',
  audit: passes,
  runtime: stops(),
  permissions: stops(),
  evaluations: stops(),
});
