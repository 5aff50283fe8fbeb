import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Learn what differs from process to process, so that an evaluation does not repeat.",
  way: "Deno.pid, Deno.ppid and the numbers of the engine's memory, for which Deno asks no permission.",
  body: 'return typeof Deno.pid === "number" && Deno.ppid > 0 && Deno.memoryUsage().rss > 0;',
  audit: stops("Deno is neither declared here"),
  runtime: stops(),
  permissions: passes,
  bubblewrap: stops(),
});
