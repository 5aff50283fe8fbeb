import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Use memory that the limit of the heap does not count.",
  way: "Memories of WebAssembly that grow and are written to.",
  body:
    "const all: any = []; for (;;) { const memory = new WebAssembly.Memory({ initial: 1000 }); new Uint8Array(memory.buffer).fill(1); all.push(memory); if (all.length > 100) return true; }",
  audit: stops("WebAssembly is neither declared here"),
  runtime: stops(),
  limits: stops(),
});
