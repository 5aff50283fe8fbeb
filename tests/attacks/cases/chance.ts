import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Decide by chance that no seed governs.",
  way: "Math.random and crypto.getRandomValues.",
  body:
    "return [() => Math.random(), () => crypto.getRandomValues(new Uint8Array(1))[0]].some((draw) => { try { return draw() >= 0; } catch { return false; } });",
  audit: stops("Math.random is not allowed"),
  runtime: stops(),
  permissions: passes,
});
