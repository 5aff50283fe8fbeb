import { programAttack } from "../programs.ts";
import { passes, stops } from "../attack.ts";

export default programAttack({
  goal: "Stop at the best moment, and be spared the rest of the episode.",
  way: "Fewer actions than the episode has steps.",
  program: "reply.evidence[0] = [1]; say(reply);",
  decoding: passes,
  judge: stops("is not over"),
  evaluations: stops("refused"),
});
