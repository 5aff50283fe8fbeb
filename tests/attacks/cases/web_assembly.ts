import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code that no audit can read, with memory that the heap's limit does not count.",
  way: "A WebAssembly module of eight bytes, and a memory of 64 MiB.",
  body:
    "new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); return new WebAssembly.Memory({ initial: 1024 }).buffer.byteLength > 0;",
  audit: stops("WebAssembly is neither declared here"),
  runtime: stops(),
  permissions: passes,
});
