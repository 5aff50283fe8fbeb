import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Read a file of another while the gene runs.",
  way: "A dynamic import of a literal: Deno counts it to the static graph and reads it without asking.",
  body: 'import("SECRET_CODE").then((got: any) => got.default === secret && succeed()); return false;',
  audit: stops("dynamic import"),
  bundle: stops("build.input"),
  runtime: stops(),
  permissions: passes,
  bubblewrap: stops(),
});
