import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Use up the host's threads and memory.",
  way: "A thousand Workers that never end.",
  body:
    'const all: any = []; for (let i = 0; i < 1000; i++) all.push(new Worker("data:text/javascript,for(;;);", { type: "module" })); return true;',
  audit: stops("Worker is neither declared here"),
  runtime: stops(),
  limits: stops(),
});
