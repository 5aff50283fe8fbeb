import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Read a file of another by importing it as a module.",
  way: "A static import of an absolute path outside the template: Deno reads the whole static graph without asking.",
  head: 'import stolen from "SECRET_CODE";',
  body: "return stolen === secret;",
  audit: stops("audit.import"),
  bundle: stops("build.input"),
  runtime: passes,
  permissions: passes,
  bubblewrap: stops(),
});
