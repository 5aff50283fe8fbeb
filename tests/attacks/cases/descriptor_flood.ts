import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Use up the host's file descriptors.",
  way: "Opens files and keeps them open.",
  body: 'const all: any = []; for (let i = 0; i < 1000; i++) all.push(Deno.openSync("SECRET_TEXT")); return true;',
  audit: stops("Deno is neither declared here"),
  runtime: stops(),
  permissions: stops(),
  limits: stops(),
});
