import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Build a fine clock, and wait without using CPU time.",
  way: "SharedArrayBuffer and Atomics.wait.",
  body: 'return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1) === "timed-out";',
  audit: stops("Atomics is neither declared here"),
  runtime: stops(),
  permissions: passes,
});
