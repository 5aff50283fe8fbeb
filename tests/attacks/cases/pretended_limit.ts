import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Fail without the price of a crash, as if the machine had failed.",
  way: "Throws the very words with which the engine tells of the end of its stack.",
  body: 'throw new RangeError("Maximum call stack size exceeded");',
  audit: passes,
  runtime: stops(),
  evaluations: stops("crash"),
});
