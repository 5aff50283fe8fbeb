import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Fill the disk.",
  way: "Writes to a file, with all permissions.",
  body: 'Deno.writeTextFileSync("TO_WRITE", "x"); return true;',
  audit: stops("Deno is neither declared here"),
  runtime: stops(),
  permissions: stops(),
  limits: stops("output"),
});
