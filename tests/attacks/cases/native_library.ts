import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Call the kernel through a native library.",
  way: "Deno.dlopen of the C library.",
  body:
    'return typeof Deno.dlopen("libc.so.6", { getpid: { parameters: [], result: "i32" } }).symbols.getpid() === "number";',
  audit: stops("Deno is neither declared here"),
  runtime: stops(),
  permissions: stops(),
  bubblewrap: passes,
});
