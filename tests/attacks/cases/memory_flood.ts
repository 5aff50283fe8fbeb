import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Fill the listing, which keeps what agents remember.",
  way: "5,000 entries of memory.",
  program:
    'reply.memory = Array.from({ length: 5000 }, (_, i) => ["a", "" + i, 0]); reply.memory.length = 4097; say(reply);',
  decoding: stops("at most 4096 items"),
  evaluations: stops("protocol"),
});
