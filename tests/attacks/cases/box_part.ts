import { programAttack } from "../programs.ts";
import { passes, stops } from "../attack.ts";

export default programAttack({
  goal: "Have the judge read half an action.",
  way: "Evidence of a box that ends within a number.",
  world: "box",
  program: "reply.evidence[0] = doubles(...half()).slice(0, -4); say(reply);",
  decoding: passes,
  judge: stops("actions must have 2 numbers each"),
  evaluations: stops("refused"),
});
