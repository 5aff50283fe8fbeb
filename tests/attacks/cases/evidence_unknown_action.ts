import { programAttack } from "../programs.ts";
import { passes, stops } from "../attack.ts";

export default programAttack({
  goal: "Do what the world does not allow, and be paid for it.",
  way: "An action whose number the world does not know.",
  program: "reply.evidence[0][0] = 2; say(reply);",
  decoding: passes,
  judge: stops("must be an integer"),
  evaluations: stops("refused"),
});
