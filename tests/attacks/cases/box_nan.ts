import { programAttack } from "../programs.ts";
import { passes, stops } from "../attack.ts";

export default programAttack({
  goal: "Have a score that is no number.",
  way: "NaN in the evidence of a box.",
  world: "box",
  program: "reply.evidence[1] = doubles(...half().with(0, NaN)); say(reply);",
  decoding: passes,
  judge: stops("action 0 must be 2 numbers"),
  evaluations: stops("refused"),
});
