import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Have a result counted for another agent.",
  way: "A reply that names an agent.",
  program: 'say({ ...reply, id: "00000000-0000-8000-8000-000000000000" });',
  decoding: stops("must have just the members"),
  evaluations: stops("protocol"),
});
