import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Make a score of NaN, which is below no limit.",
  way: "NaN as an action, which JSON writes as null.",
  program: "reply.evidence[0][0] = NaN; say(reply);",
  decoding: stops("finite numbers only"),
  evaluations: stops("protocol"),
});
