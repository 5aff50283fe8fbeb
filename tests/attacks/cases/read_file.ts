import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Read a file of the host: another agent's folder, the listing, a key.",
  way: "Deno.readTextFileSync with an absolute path.",
  body: 'return Deno.readTextFileSync("SECRET_TEXT") === secret;',
  audit: stops("Deno is neither declared here"),
  runtime: stops(),
  permissions: stops(),
  bubblewrap: stops(),
});
