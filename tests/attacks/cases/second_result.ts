import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Have the better of two results counted.",
  way: "A second reply on a second line.",
  program: "say({ ...reply, evidence: reply.evidence.map(() => [0, 0, 0, 0, 0, 0]) }); say(reply);",
  decoding: stops("must be one line"),
  evaluations: stops("protocol"),
});
