import { programAttack } from "../programs.ts";
import { stops } from "../attack.ts";

export default programAttack({
  goal: "Confuse whoever reads the reply.",
  way: "Bytes that are no UTF-8.",
  program: "bytes(new Uint8Array([0, 1, 2, 255, 254, 10]));",
  decoding: stops("must be UTF-8"),
  evaluations: stops("protocol"),
});
