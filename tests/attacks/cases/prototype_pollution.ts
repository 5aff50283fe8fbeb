import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Change what all objects inherit, and with it what the runtime does.",
  way: "The prototype of a plain object, by a key that is put together while the gene runs.",
  body:
    'const up = ["con", "structor"].join(""), down = ["proto", "type"].join(""); const made: any = {}, fresh: any = {}; made[up][down].chosen = 1; return fresh.chosen === 1;',
  audit: passes,
  runtime: stops(),
  permissions: passes,
  evaluations: stops("crash"),
});
