import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Have the terminal of who reads the log obey: set its title, clear it, answer for the reader.",
  way: "CSI and OSC sequences, a C1 control and a mark that turns the direction of writing, in a typed error.",
  program:
    `const sly = "\\u001b]0;owned\\u0007\\u001b[2J\\u009b31m\\u202egnp.exe\\u061c\\u200b\\ufeff\\u2060\\r\\n"; say({ version: 1, token: request.token, error: { code: "crash", message: sly + "done", detail: sly }, evidence: [] }); Deno.exit(3);`,
  decoding: stops("crash"),
  evaluations: stops("crash"),
  succeeded: ({ told }) => told.ok || /[\p{Cc}\p{Cf}]|owned/u.test(told.failure.message + told.failure.detail),
});
