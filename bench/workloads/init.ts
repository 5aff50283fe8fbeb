/**
 * Making a population.
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";
import type { Bench, Part } from "../suite/bench.ts";
import { inTurn } from "../suite/compare.ts";
import { figure, scale } from "../suite/figure.ts";
import { measure } from "../suite/measure.ts";

/** `init` against copies of the same files. */
export const init: Part = {
  name: "init",
  brief: "`init` against `cp` of the template's files",
  async run(bench: Bench) {
    for (const agents of bench.options.sizes) {
      const repeats = bench.repeats(agents);
      // New folders each time: after much was removed, making files is slower for minutes.
      const pair = await inTurn(
        repeats,
        (number) => bench.step("init", bench.run(`init-${agents}-${number}`), ["--count", `${agents}`, "--seed", "1"]),
        (number) => copies(bench, agents, number),
      );
      bench.options.onFigure(figure({
        part: "init",
        workload: `\`init --count ${agents}\``,
        reference: "`xargs -P2 cp -r` of the template's files, once for each agent",
        agents,
        repeats,
        ours: pair.ours,
        against: pair.reference,
        goal: agents < scale ? undefined : { kind: "most", value: 1.5, unit: "times" },
      }));
    }
  },
};

async function copies(bench: Bench, agents: number, number: number) {
  const folder = `${projectRoot}/runs/${bench.run(`cp-${agents}-${number}`)}`;
  await Deno.mkdir(folder, { recursive: true });
  const script = `seq ${agents} | xargs -P2 -I{} cp -r ${projectRoot}/agent_template ${folder}/{}`;
  return await measure({ program: "/bin/sh", args: ["-c", script] });
}
