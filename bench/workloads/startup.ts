/**
 * What a step costs that has nothing to do.
 *
 * @module
 */

import type { Sample } from "../../lib/records/bench.ts";
import { Listing } from "../../lib/db/listing.ts";
import { projectRoot, runPaths } from "../../lib/run/paths.ts";
import type { Bench, Part } from "../suite/bench.ts";
import { inTurn, sumOf } from "../suite/compare.ts";
import { figure } from "../suite/figure.ts";
import { measure } from "../suite/measure.ts";

/** The steps of a cycle, in their order. */
const chain = ["scan", "sync-wiring", "build", "supervise", "select", "supervise", "hooks", "report"];

/** Start-up of steps against empty scripts. */
export const startup: Part = {
  name: "startup",
  brief: "steps with nothing to do against empty scripts",
  async run(bench: Bench) {
    const { repeats, onFigure } = bench.options;
    const empty = `${projectRoot}/runs/${bench.run("empty")}`;
    const run = emptyPopulation(bench);
    await Deno.writeTextFile(`${empty}/empty.ts`, "export {};\n");
    const script = () => measure({ program: Deno.execPath(), args: ["run", "-q", "--no-prompt", `${empty}/empty.ts`] });
    const one = await inTurn(4 * repeats, () => bench.step("status", run), script);
    onFigure(figure({
      part: "startup",
      workload: "`status` of an empty population",
      reference: "an empty Deno script",
      agents: 0,
      repeats: 4 * repeats,
      ours: one.ours,
      against: one.reference,
      goal: { kind: "most", value: 2, unit: "times" },
    }));
    const extinct = await extinctPopulation(bench);
    const eight = await inTurn(
      repeats,
      () => all(chain, (name) => bench.step(name, extinct)),
      () => all(chain, script),
    );
    onFigure(figure({
      part: "startup",
      workload: "the eight steps of an empty cycle",
      reference: "eight empty Deno scripts",
      agents: 0,
      repeats,
      ours: eight.ours,
      against: eight.reference,
      goal: { kind: "most", value: 3, unit: "times" },
    }));
  },
};

async function all(names: readonly string[], work: (name: string) => Promise<Sample>): Promise<Sample> {
  const samples: Sample[] = [];
  for (const name of names) samples.push(await work(name));
  return sumOf(samples);
}

/** A run in which no agent is left alive: its only agent has lost its genome, and died of that. */
async function extinctPopulation(bench: Bench): Promise<string> {
  const run = await bench.population("extinct", 1);
  const { agents } = runPaths(run);
  for (const { name } of Deno.readDirSync(agents)) Deno.removeSync(`${agents}/${name}/genome.bin`);
  // Disabled in this cycle, dead with the next.
  for (const name of [...chain, ...chain]) await bench.step(name, run);
  return run;
}

/** A run with a listing and no agent, which no step would make. */
function emptyPopulation(bench: Bench): string {
  const run = bench.run("empty");
  const { workspace, listing } = runPaths(run);
  Deno.mkdirSync(workspace, { recursive: true });
  Listing.open(listing, { create: true }).close();
  return run;
}
