import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Be given a score that was not earned.",
  way: "A reply that names its own score.",
  program: "say({ ...reply, score: 1e9, judgements: [{ score: 1e9, measures: {} }] });",
  decoding: stops("must have just the members"),
  evaluations: stops("protocol"),
});
