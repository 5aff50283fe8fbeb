import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Learn about the host, and tell hosts apart.",
  way: "Deno.hostname, Deno.osRelease, Deno.networkInterfaces and Deno.uid.",
  body:
    "return [Deno.hostname, Deno.osRelease, Deno.networkInterfaces, Deno.uid].some((ask) => { try { ask(); return true; } catch { return false; } });",
  audit: stops("Deno is neither declared here"),
  runtime: stops(),
  permissions: stops(),
  bubblewrap: passes,
});
