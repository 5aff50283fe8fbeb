import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Decide by the clock, so that an evaluation does not repeat and side channels can be timed.",
  way: "Date.now, performance.now and a new Date.",
  body: "return Date.now() > 0 && performance.now() > 0 && new Date().getTime() > 0;",
  audit: stops("Date is neither declared here"),
  runtime: stops(),
  permissions: passes,
});
