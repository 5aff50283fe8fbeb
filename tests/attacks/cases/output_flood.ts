import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Fill the supervisor's memory.",
  way: "Writes lines to stdout without end.",
  body: 'const line = new TextEncoder().encode("x\\n".repeat(1000)); for (;;) Deno.stdout.writeSync(line);',
  audit: stops("Deno is neither declared here"),
  runtime: stops(),
  limits: stops("output"),
});
