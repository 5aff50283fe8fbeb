import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Fill the inbox of another with one message.",
  way: "A message of 10,000 numbers.",
  program: "reply.outbox = [{ address: 0, body: Array(10000).fill(1) }]; say(reply);",
  decoding: stops("at most 16 items"),
  evaluations: stops("protocol"),
});
