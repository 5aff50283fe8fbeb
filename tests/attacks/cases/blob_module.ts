import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code that nobody has audited.",
  way: "A dynamic import of a blob: URL.",
  body:
    'const url = URL.createObjectURL(new Blob(["export default 7;"], { type: "text/javascript" })); import(url).then((got: any) => got.default === 7 && succeed()); return false;',
  audit: stops("dynamic import"),
  bundle: stops("build.import"),
  runtime: stops(),
  permissions: passes,
  bubblewrap: passes,
});
