import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "See every list that the runtime makes, the evidence among them.",
  way: "Array.prototype.push is replaced, reached over the constructor of a list.",
  body:
    'const up = ["con", "structor"].join(""), down = ["proto", "type"].join(""); const list: any = []; list[up][down].push = () => 99; return [].push() === 99;',
  audit: passes,
  runtime: stops(),
  permissions: passes,
  evaluations: stops("crash"),
});
