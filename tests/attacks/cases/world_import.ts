import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Call the world's own functions, to try an action before it is taken.",
  way: "An import of a value from world.ts.",
  head: 'import { begin } from "../world.ts";',
  body: "return typeof begin === 'function';",
  audit: stops("only types can be imported"),
  bundle: passes,
});
