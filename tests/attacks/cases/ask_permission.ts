import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Be given a permission by whoever sits at the terminal.",
  way: "Deno.permissions.requestSync and the global prompt.",
  body:
    'const { state } = Deno.permissions.requestSync({ name: "read" }); return state === "granted" || prompt("Allow?") !== null;',
  audit: stops("Deno is neither declared here"),
  runtime: stops(),
  permissions: stops(),
});
