/**
 * Looking at a whole population: nothing changed, or some genomes.
 *
 * @module
 */

import type { Sample } from "../../lib/records/bench.ts";
import { Listing } from "../../lib/db/listing.ts";
import { runPaths } from "../../lib/run/paths.ts";
import { toBytes } from "../../lib/runtime/genome_bytes.ts";
import { decodeGenome } from "../../lib/genome/codec.ts";
import type { Pool } from "../../lib/genome/pool.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { loadPool } from "../../lib/template/pool_store.ts";
import { presentPool } from "../../lib/template/template.ts";
import { writeFileAtomicSync } from "../../lib/util/files.ts";
import type { Bench, Part } from "../suite/bench.ts";
import { inTurn, medianOf, sumOf } from "../suite/compare.ts";
import { figure, scale } from "../suite/figure.ts";
import { measure } from "../suite/measure.ts";

/** scan, sync-wiring and build of a population that is built already. */
export const changes: Part = {
  name: "changes",
  brief: "scan, sync-wiring and build, with nothing and with a tenth of the genomes changed",
  async run(bench: Bench) {
    for (const agents of bench.options.sizes) {
      const run = await bench.population(`${agents}`, agents);
      // The first one looks at what build has written.
      await bench.prepare(run);
      const unchanged = await nothingChanged(bench, run, agents);
      await someChanged(bench, run, agents, unchanged);
    }
  },
};

async function nothingChanged(bench: Bench, run: string, agents: number): Promise<Sample> {
  const repeats = bench.options.repeats;
  const find = `find ${runPaths(run).agents} -type f -printf '%s %T@ %p\\n'`;
  const pair = await inTurn(
    repeats,
    async () => sumOf(await bench.prepare(run)),
    () => measure({ program: "/bin/sh", args: ["-c", find] }),
  );
  bench.options.onFigure(figure({
    part: "changes",
    workload: "scan + sync-wiring + build, nothing changed",
    reference: "`find agents -type f -printf '%s %T@ %p\\n'`",
    agents,
    repeats,
    ours: pair.ours,
    against: pair.reference,
    goal: agents < scale ? undefined : { kind: "most", value: 3, unit: "times" },
  }));
  return pair.ours;
}

async function someChanged(bench: Bench, run: string, agents: number, unchanged: Sample): Promise<void> {
  const repeats = Math.min(3, bench.options.repeats);
  const count = Math.ceil(agents / 10);
  const samples: Sample[] = [];
  for (let number = 0; number < repeats; number++) {
    changeGenomes(run, count, number);
    samples.push(sumOf(await bench.prepare(run)));
  }
  bench.options.onFigure(figure({
    part: "changes",
    workload: `scan + sync-wiring + build, ${count} genomes changed`,
    reference: "the same, nothing changed",
    agents,
    repeats,
    ours: medianOf(samples),
    against: unchanged,
    goal: { kind: "most", value: 3, unit: "seconds more" },
  }));
}

/** Moves a parameter in so many genomes, so that each agent needs an artifact of its own. */
function changeGenomes(run: string, count: number, number: number): void {
  const paths = runPaths(run);
  using listing = Listing.open(paths.listing);
  const pool = loadPool(paths, presentPool(listing));
  const rows = listing.all<{ id: string }>(
    "SELECT id FROM agents WHERE status = 'active' ORDER BY ordinal LIMIT ? OFFSET ?",
    count,
    number,
  );
  for (const { id } of rows) {
    const path = `${paths.agents}/${id}/genome.bin`;
    const decoded = decodeGenome(Deno.readFileSync(path));
    if (!decoded.ok) throw new Error(`The genome of ${id} can't be read: ${decoded.issue.message}`);
    writeFileAtomicSync(path, toBytes(moved(decoded.value, pool, number)));
  }
}

function moved(genome: Genome, pool: Pool, number: number): Genome {
  const files = genome.files.map((file) => {
    const ranges = pool.files.find(({ path }) => path === file.path)?.parameters ?? [];
    const parameters = Object.fromEntries(ranges.map(({ name, min, max }) => {
      const value = file.parameters[name];
      if (typeof value !== "number") throw new Error(`The parameter ${name} of ${file.path} must be a number`);
      return [name, min + ((value - min) / (max - min) * 0.9 + 0.01 * (number + 1)) * (max - min)];
    }));
    return { ...file, parameters: { ...file.parameters, ...parameters } };
  });
  return { ...genome, files };
}
