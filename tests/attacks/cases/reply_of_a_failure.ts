import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Have a reply counted although the process failed.",
  way: "An honest reply, and an exit code that tells of an error.",
  program: "say(reply); Deno.exit(3);",
  decoding: stops("must have just the members"),
  evaluations: stops("protocol"),
});
