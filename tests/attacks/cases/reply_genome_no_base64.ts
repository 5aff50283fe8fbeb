import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Break off the step when it takes up the genome that an agent returns.",
  way: "A genome that is not base64.",
  program: 'say({ ...reply, genome: "src/../../x" });',
  decoding: stops("in base64"),
  evaluations: stops("protocol"),
});
