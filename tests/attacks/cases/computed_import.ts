import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Read a file whose name is made up while the gene runs.",
  way: "A dynamic import of a computed specifier, which no bundler can follow.",
  body:
    'const name = ["SECRET_CODE"].join(""); import(name).then((got: any) => got.default === secret && succeed()); return false;',
  audit: stops("dynamic import"),
  bundle: stops("build.import"),
  runtime: stops(),
  permissions: stops(),
  bubblewrap: stops(),
});
