import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code inside the runtime when it takes what a gene hands over.",
  way: "Objects with valueOf, toString and toJSON are given to every method of the context.",
  body:
    'if (life.recall("called") === 1) return true; const called = () => { life.remember("called", 1); succeed(); return 1; }; const sly: any = { valueOf: called, toString: called, toJSON: called }; life.vote(sly, sly); life.votes(sly); life.emit(sly, sly); life.signal(sly); life.remember(sly, sly); life.remember("k", sly); life.recall(sly); life.active(sly); life.send(sly, [sly]); life.send(0, [sly]); life.send(0, sly); return false;',
  audit: passes,
  runtime: stops(),
  lives: stops("finished"),
});
