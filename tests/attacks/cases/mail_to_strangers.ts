import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Write to everybody.",
  way: "Addresses that were not given out, a negative one and one of a text among them.",
  program: 'reply.outbox = [0, 1, 2, -1, "__proto__"].map((address) => ({ address, body: [1] })); say(reply);',
  decoding: stops("addresses that it was given"),
  evaluations: stops("protocol"),
});
