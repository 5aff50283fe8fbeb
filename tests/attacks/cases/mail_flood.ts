import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Fill the inboxes of others.",
  way: "300 messages in one cycle.",
  program: "reply.outbox = Array.from({ length: 300 }, () => ({ address: 0, body: [] })); say(reply);",
  decoding: stops("at most 256 items"),
  evaluations: stops("protocol"),
});
