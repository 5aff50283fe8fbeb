import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Bring a reader's sums to Infinity.",
  way: "A message that holds 1e300.",
  program: "reply.outbox = [{ address: 0, body: [1e300] }]; say(reply);",
  decoding: stops("beyond"),
  evaluations: stops("protocol"),
});
