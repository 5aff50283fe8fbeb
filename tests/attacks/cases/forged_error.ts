import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Be excused for a crash.",
  way: "A typed error of a kind that there is not.",
  program:
    'say({ version: 1, token: request.token, error: { code: "excused", message: "", detail: "" }, evidence: [] }); Deno.exit(3);',
  decoding: stops("an error that there is"),
  evaluations: stops("protocol"),
});
