import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Start another program.",
  way: "Deno.Command and process.getBuiltinModule('child_process').",
  body:
    'const ways = [() => new Deno.Command("/bin/true").outputSync(), () => process.getBuiltinModule("node:child_process").execFileSync("/bin/true")]; return ways.some((way) => { try { way(); return true; } catch { return false; } });',
  audit: stops("Deno is neither declared here"),
  runtime: stops(),
  permissions: stops(),
  bubblewrap: stops(),
});
