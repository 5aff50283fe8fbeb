import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Keep the process at work after its reply.",
  way: "Promises that go on for ever, so that the engine never comes to its end.",
  body: "const more = () => Promise.resolve().then(more); more(); return false;",
  audit: stops("Promise is neither declared here"),
  runtime: stops(),
  limits: stops("cpu"),
});
