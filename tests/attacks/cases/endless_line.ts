import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Fill the supervisor's memory, past whoever reads line by line.",
  way: "Writes one line to stdout that never ends.",
  body: 'const part = new TextEncoder().encode("x".repeat(1000)); for (;;) Deno.stdout.writeSync(part);',
  audit: stops("Deno is neither declared here"),
  runtime: stops(),
  limits: stops("output"),
});
