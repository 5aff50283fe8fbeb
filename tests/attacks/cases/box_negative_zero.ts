import { programAttack } from "../programs.ts";
import { passes, stops } from "../attack.ts";

export default programAttack({
  goal: "Be judged over other bits than a gene can bring about.",
  way: "-0 in the evidence of a box.",
  world: "box",
  program: "reply.evidence[0] = doubles(...half().with(5, -0)); say(reply);",
  decoding: passes,
  judge: stops("action 2 must be 2 numbers"),
  evaluations: stops("refused"),
});
