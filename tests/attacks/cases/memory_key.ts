import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Fill the listing, which keeps what agents remember.",
  way: "A key of memory with 10,000 letters.",
  program: 'reply.memory = [["src/a.ts", "k".repeat(10000), 1]]; say(reply);',
  decoding: stops("longer keys"),
  evaluations: stops("protocol"),
});
