import { programAttack } from "../programs.ts";
import { passes, stops } from "../attack.ts";

export default programAttack({
  goal: "Do what the world does not allow, and be paid for it.",
  way: "An action of 1e300.",
  program: "reply.evidence[0][0] = 1e300; say(reply);",
  decoding: passes,
  judge: stops("must be an integer"),
  evaluations: stops("refused"),
});
