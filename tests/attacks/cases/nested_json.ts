import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "End the supervisor by the end of its stack.",
  way: "30,000 lists within each other.",
  program: 'write("[".repeat(30000) + "]".repeat(30000) + "\\n");',
  decoding: stops("must be an object"),
  evaluations: stops("protocol"),
});
