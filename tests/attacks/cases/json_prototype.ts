import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Change what the supervisor's objects inherit.",
  way: "The member __proto__ in a reply.",
  program: 'write(JSON.stringify(reply).replace("{", `{"__proto__":{"score":1e9},`) + "\\n");',
  decoding: stops("must have just the members"),
  evaluations: stops("protocol"),
});
