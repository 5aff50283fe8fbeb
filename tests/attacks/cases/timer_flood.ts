import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Use up memory and time by timers that never end.",
  way: "Timers that start two more each.",
  body: "const more = () => { setTimeout(more, 0); setTimeout(more, 0); }; more(); return false;",
  audit: stops("setTimeout is neither declared here"),
  runtime: stops(),
  limits: stops(),
});
