import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Write a file anywhere.",
  way: "Deno.writeTextFileSync, Deno.makeTempFileSync and Deno.symlinkSync in turn.",
  body:
    'const ways = [() => Deno.writeTextFileSync("TO_WRITE", "here"), () => Deno.makeTempFileSync(), () => Deno.symlinkSync("SECRET_TEXT", "TO_WRITE.link")]; return ways.some((way) => { try { way(); return true; } catch { return false; } });',
  audit: stops("Deno is neither declared here"),
  runtime: stops(),
  permissions: stops(),
  bubblewrap: stops(),
});
