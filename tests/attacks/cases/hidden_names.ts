import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Reach what Deno keeps for itself in the global object.",
  way: "The symbols under which it lies, by copies of the object and of its symbols.",
  body:
    "const copy: any = Object.assign({}, globalThis); const symbols = Object.getOwnPropertySymbols(copy).concat(Object.getOwnPropertySymbols(globalThis)); return symbols.some((symbol) => globalThis[symbol] !== undefined);",
  audit: stops("globalThis is neither declared here"),
  runtime: stops(),
  permissions: passes,
});
