import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Tell engines apart by the sign bit of a NaN.",
  way: "The bytes of a typed array that holds one.",
  body: "const numbers = new Float64Array([NaN]); return new Uint8Array(numbers.buffer).length === 8;",
  audit: stops("the property buffer"),
  runtime: stops(),
  permissions: passes,
});
