import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { evaluate } from "../../../lib/runtime/evaluate.ts";
import { line, madeAgent, madeRequest } from "../../runtime/made_agent.ts";
import type { GeneContext } from "../../../lib/runtime/contract.ts";

export default outside({
  goal: "Search longer than others may, by more probes than there are.",
  way: "Probes in each step and phase, with points that are none, by contexts of other genes and steps that were kept.",
  layer: "runtime",
  expect: stops("3 of 3 in each of 2 episodes"),
  run() {
    const answered = [0, 0, 0];
    const kept: GeneContext[] = [];
    const ask = (context: GeneContext) => {
      kept.push(context);
      for (const one of kept) {
        for (const point of [1, [1, 2], NaN, [NaN], "1" as unknown as number]) {
          if (one.probe(point) !== undefined) answered[context.episode]!++;
          if (context.probe.call(one, point) !== undefined) answered[context.episode]!++;
        }
      }
    };
    const world = { ...line, world: { ...line.world, probes: 3 }, probe: () => ({ value: 1 }) };
    const phases = ["sense", "think", "act", "learn", "end"];
    evaluate(
      madeAgent(Object.fromEntries(phases.map((phase) => [`${phase} src/a.ts#${phase}`, ask])), world),
      madeRequest(),
    );
    const [first, second, end] = answered;
    const succeeded = first! > 3 || second! > 3 || end! > 0;
    return Promise.resolve({ succeeded, how: `${first} of 3 in each of ${second === first ? 2 : 1} episodes` });
  },
});
