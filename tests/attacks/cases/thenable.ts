import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code inside the runtime when it takes what a gene returns.",
  way: "The gene returns an object with then, toJSON, valueOf and toString.",
  body:
    'if (context.recall("called") === 1) return true; const called = () => { context.remember("called", 1); succeed(); return 1; }; return { then: called, toJSON: called, valueOf: called, toString: called };',
  audit: passes,
  runtime: stops(),
  evaluations: stops("finished"),
});
