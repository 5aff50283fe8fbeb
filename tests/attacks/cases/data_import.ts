import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Read a file of another while the gene runs.",
  way: "A dynamic import of a written-out data: URL whose code imports the file: Deno counts both to the static graph.",
  body:
    'import("data:text/javascript,export%20%7B%20default%20%7D%20from%20%22file://SECRET_CODE%22").then((got: any) => got.default === secret && succeed(), () => {}); return false;',
  audit: stops("dynamic import"),
  bundle: stops("template.bundle"),
  runtime: stops(),
  permissions: passes,
});
