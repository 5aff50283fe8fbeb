import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Have the terminal of who reads the log obey: set its title, clear it, answer for the reader.",
  way: "CSI and OSC sequences in what is thrown and ends the process.",
  program: `throw new Error("\\u001b]0;owned\\u0007\\u001b[2J\\u009b31m\\u202egnp.exe\\u061c\\u200b\\ufeff\\u2060");`,
  decoding: stops("crash"),
  evaluations: stops("crash"),
  succeeded: ({ told }) => told.ok || /[\p{Cc}\p{Cf}]|owned/u.test(told.failure.message + told.failure.detail),
});
