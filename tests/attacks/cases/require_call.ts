import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Load a file as a CommonJS module.",
  way: "A call of require, written with an escape so that a search for the word does not find it.",
  body: 'return requ\\u0069re("SECRET_JSON") === secret;',
  audit: stops("audit.global"),
  bundle: stops("build."),
  runtime: stops(),
  permissions: stops(),
});
