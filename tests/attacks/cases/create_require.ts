import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Read a file of another as a module.",
  way: "The require that node:module makes.",
  body:
    'const { createRequire } = process.getBuiltinModule("node:module"); return createRequire("file:///tmp/x.js")("SECRET_JSON") === secret;',
  audit: stops("process is neither declared here"),
  runtime: stops(),
  permissions: stops(),
  bubblewrap: stops(),
});
