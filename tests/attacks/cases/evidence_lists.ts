import { programAttack } from "../programs.ts";
import { passes, stops } from "../attack.ts";

export default programAttack({
  goal: "Be paid twice in a step.",
  way: "Lists of actions where the world knows single ones.",
  program: "reply.evidence[0] = [[1, 1], [1, 1], [1, 1]]; say(reply);",
  decoding: passes,
  judge: stops("must be an integer"),
  evaluations: stops("refused"),
});
