import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code beside the evaluation, in a realm that nothing has hardened.",
  way: "A Worker made of a data: URL.",
  body:
    'const worker = new Worker("data:text/javascript,self.postMessage(typeof Deno)", { type: "module" }); worker.onmessage = ({ data }: any) => { if (data === "object") succeed(); worker.terminate(); }; return false;',
  audit: stops("Worker is neither declared here"),
  runtime: stops(),
  permissions: passes,
});
