import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "End the process as if all had gone well.",
  way: "Deno.exit with code 0 before there is a reply.",
  body: "succeed(); Deno.exit(0);",
  audit: stops("Deno is neither declared here"),
  permissions: passes,
  bubblewrap: passes,
});
