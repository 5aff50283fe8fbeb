import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code inside the runtime's own checks.",
  way: "A Proxy is handed over as a message.",
  body:
    "let traps = 0; context.send(0, new Proxy([1], { get(list: any, key: any) { traps++; return list[key]; } })); return traps > 0;",
  audit: stops("Proxy is neither declared here"),
  runtime: stops(),
});
