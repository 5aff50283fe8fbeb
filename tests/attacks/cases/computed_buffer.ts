import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Tell engines apart by the sign bit of a NaN.",
  way: "The buffer of a typed array, by a key that is put together while the gene runs.",
  body:
    'const key = ["buf", "fer"].join(""); const numbers: any = new Float64Array([NaN]); return new Uint8Array(numbers[key]).length === 8;',
  audit: passes,
  runtime: stops(),
  permissions: passes,
  evaluations: stops("finished"),
});
