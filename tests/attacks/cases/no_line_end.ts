import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Make the supervisor wait for the rest of a line.",
  way: "A reply without its line feed.",
  program: "write(JSON.stringify(reply));",
  decoding: stops("must end with a line feed"),
  evaluations: stops("protocol"),
});
