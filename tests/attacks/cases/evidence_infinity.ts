import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Make a score that is infinite.",
  way: "A number in JSON that no double can hold.",
  program: 'write(JSON.stringify(reply).replace("[[1,", "[[1e999,") + "\\n");',
  decoding: stops("finite numbers only"),
  evaluations: stops("protocol"),
});
