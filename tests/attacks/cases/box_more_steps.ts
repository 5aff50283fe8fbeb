import { programAttack } from "../programs.ts";
import { passes, stops } from "../attack.ts";

export default programAttack({
  goal: "Be paid for more steps than there are.",
  way: "Evidence of a box of seven steps.",
  world: "box",
  program: "reply.evidence[0] = doubles(...half(), 1, 1); say(reply);",
  decoding: passes,
  judge: stops("at most 6 actions"),
  evaluations: stops("refused"),
});
