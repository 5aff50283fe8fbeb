import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Fill the listing, which keeps what agents remember.",
  way: "Lists of 4,097 numbers in the memory.",
  program: 'reply.memory = [["a", "x", Array(2000).fill(1)], ["a", "y", Array(2097).fill(1)]]; say(reply);',
  decoding: stops("at most 4096 numbers in its memory"),
  evaluations: stops("protocol"),
});
