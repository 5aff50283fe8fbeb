import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code that nobody has audited.",
  way: "A dynamic import of a data: URL, which V8 does not count as code from strings; what it runs throws a word.",
  body: 'import("data:text/javascript,throw String.fromCharCode(115)+/ucceeded/.source"); return false;',
  audit: stops("dynamic import"),
  bundle: stops("build."),
  runtime: passes,
  permissions: passes,
});
