import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Read any file of the host as text.",
  way: 'An import with the attribute type "text".',
  head: 'import stolen from "SECRET_TEXT" with { type: "text" };',
  body: "return stolen === secret;",
  audit: stops("import attributes"),
  bundle: stops("build."),
  runtime: passes,
  permissions: passes,
  bubblewrap: stops(),
});
