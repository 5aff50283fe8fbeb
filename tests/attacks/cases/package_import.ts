import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Load a package of the host's cache, or from a registry.",
  way: "A static import of an npm: specifier.",
  head: 'import zod from "npm:zod@4.6.7";',
  body: "return typeof zod === 'object';",
  audit: stops("audit.import"),
  bundle: stops("template.bundle"),
  permissions: stops("exit code 1"),
});
