import { judge } from "../../../lib/runtime/judge.ts";
import { line, madeRequest } from "../../runtime/made_agent.ts";
import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";

export default outside({
  goal: "Change what records inherit, or what is written into reports, by the name of a measure.",
  way: "A world that gives measures called __proto__, constructor, and a formula.",
  layer: "judge",
  expect: stops("plain names"),
  run() {
    const { worlds, token } = madeRequest();
    const replies = ["__proto__", "constructor.prototype", "=cmd|'/c calc'!A1", "<img src=x>", "a\nb"].map((name) => {
      const world = { ...line, judge: () => ({ score: 1, measures: Object.fromEntries([[name, 1]]) }) };
      return judge(world, { token, worlds, genes: 1, evidence: worlds.map(({ steps }) => Array(steps).fill(0)) });
    });
    const told = replies.map((reply) => reply.ok ? "accepted" : reply.message);
    return Promise.resolve({ succeeded: told.includes("accepted"), how: told.join("; ") });
  },
});
