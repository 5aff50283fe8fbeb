import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Read any JSON file of the host, such as a key.",
  way: 'An import with the attribute type "json".',
  head: 'import stolen from "SECRET_JSON" with { type: "json" };',
  body: "return stolen === secret;",
  audit: stops("import attributes"),
  bundle: stops("build.input"),
  runtime: passes,
  permissions: passes,
  bubblewrap: stops(),
});
