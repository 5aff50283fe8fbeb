import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Read a file of another while the gene runs.",
  way: "A Worker made of a data: URL whose code imports the file by a written-out name.",
  body:
    'const code = "import stolen from \\"file://SECRET_CODE\\"; postMessage(stolen);"; const worker = new Worker("data:text/javascript," + encodeURIComponent(code), { type: "module" }); worker.onerror = (event: any) => { event.preventDefault(); worker.terminate(); }; worker.onmessage = ({ data }: any) => { if (data === secret) succeed(); worker.terminate(); }; return false;',
  audit: stops("Worker is neither declared here"),
  runtime: stops(),
  permissions: stops(),
  bubblewrap: stops(),
});
