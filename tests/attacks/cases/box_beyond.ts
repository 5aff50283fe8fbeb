import { programAttack } from "../programs.ts";
import { passes, stops } from "../attack.ts";

export default programAttack({
  goal: "Be paid for more than there is.",
  way: "Numbers beyond the range of a box.",
  world: "box",
  program: "reply.evidence[0] = doubles(...half().with(3, 9)); say(reply);",
  decoding: passes,
  judge: stops("action 1 must be 2 numbers"),
  evaluations: stops("refused"),
});
