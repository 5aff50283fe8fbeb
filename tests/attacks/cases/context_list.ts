import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Leave something in a list of the context for other genes and steps.",
  way: "A message is pushed into the gene's own inbox.",
  body: "context.inbox.push({ from: 0, body: [] }); return context.inbox.length > 0;",
  audit: passes,
  runtime: stops(),
  evaluations: stops("crash"),
});
