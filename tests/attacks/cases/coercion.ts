import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code inside the runtime when it takes what a gene hands over.",
  way: "Objects with valueOf, toString and toJSON are given to every method of the context.",
  body:
    'if (context.recall("called") === 1) return true; const called = () => { context.remember("called", 1); succeed(); return 1; }; const sly: any = { valueOf: called, toString: called, toJSON: called }; context.vote(sly, sly); context.votes(sly); context.emit(sly, sly); context.signal(sly); context.remember(sly, sly); context.remember("k", sly); context.recall(sly); context.active(sly); context.send(sly, [sly]); context.send(0, [sly]); context.send(0, sly); return false;',
  audit: passes,
  runtime: stops(),
  evaluations: stops("finished"),
});
