import { assertEquals } from "@std/assert";
import { genomeEstimates } from "../../lib/db/estimates.ts";
import { Listing } from "../../lib/db/listing.ts";
import type { Estimate } from "../../lib/statistics/additive.ts";
import type { TwinJob, TwinRun, TwinState } from "../../lib/twin/twin.ts";
import { configOf } from "../twin/made.ts";
import { cutShort } from "./_cut.ts";
import { Population, until } from "./_population.ts";

/** A run that is done twice: by the steps and by a twin. */
export interface Asked {
  readonly template: string;
  readonly config: Record<string, unknown>;
  readonly count: number;
  readonly cycles: number;
}

const seed = "7";

/** What the job of a twin is that is to come to the same. */
export function jobOf({ config, count, cycles }: Asked): TwinJob {
  return { seed, config: configOf(config), count, cycles, tells: "agents" };
}

interface Row {
  readonly id: string;
  readonly status: "active" | "disabled" | "dead";
  readonly code: string | null;
  readonly kind: string;
  readonly born: number;
  readonly died: number | null;
  readonly generation: number;
  readonly genomeHash: string;
  readonly score: number | null;
  readonly energy: number;
  readonly parents: string;
}

/**
 * All agents that steps came to, sorted by id, each as it was last.
 *
 * @param cut Numbers of changes in the run's folder after which all processes are killed, one after the other; the last call
 * goes on to the end.
 */
export async function bySteps(
  { template, config, count, cycles }: Asked,
  cut: readonly number[] = [],
): Promise<(TwinState & { died?: number })[]> {
  await using run = new Population();
  const { energy = {} } = config;
  await run.like(`${count} of ${template} with ${JSON.stringify(energy)}, built`, async (begun) => {
    await Deno.mkdir(begun.paths.workspace, { recursive: true });
    await begun.configure({ energy });
    await begun.step("init", "--count", String(count), "--seed", seed, "--template", template, "--quiet");
    for (const step of ["scan", "sync-wiring", "build"]) await begun.step(step);
  });
  await run.configure(config);
  const flags = [
    "--until",
    String(cycles),
    "--sleep",
    "0",
    "--workers",
    "2",
    "--concurrency",
    "2",
    "--isolation",
    "shared",
  ];
  const cuts = [];
  for (const changes of cut) cuts.push(await cutShort(run, "lifecycle", flags, "group", changes));
  assertEquals(cuts.includes(true), cut.length > 0, "nothing was cut short");
  await run.step("lifecycle", ...(cut.length > 0 ? flags : until(cycles)));
  using listing = Listing.open(run.paths.listing, { readOnly: true });
  const estimates = genomeEstimates(listing);
  const rows = run.rows<Row>(
    `SELECT id, status, code, kind, born, died, generation, genome_hash AS genomeHash, score, energy, parents
      FROM agents ORDER BY id`,
  );
  return rows.map(({ code, died, parents, ...row }) => ({
    ...row,
    parents: (JSON.parse(parents) as { id: string }[]).map(({ id }) => id),
    ...(code !== null && { code }),
    ...(died !== null && { died }),
    ...(row.status !== "dead" && told(estimates?.get(row.genomeHash))),
  })) as (TwinState & { died?: number })[];
}

/** An estimate of which the order of sums is left out. */
function told(estimate: Estimate | undefined) {
  if (!estimate) return {};
  const { mean, low, high, count } = estimate;
  return { estimate: [...[mean, low, high].map((value) => value.toPrecision(6)), count] };
}

/** The same of a twin. */
export function byTwin({ cycles, population }: TwinRun): (TwinState & { died?: number })[] {
  const last = new Map<string, TwinState & { died?: number }>();
  for (const { cycle, agents = [] } of cycles) {
    for (const agent of agents) last.set(agent.id, agent.status === "dead" ? { ...agent, died: cycle } : agent);
  }
  const living = [...last.values()].filter(({ died }) => died === undefined).map(({ id }) => id);
  assertEquals(population.map(({ id }) => id).sort(), living.sort());
  const estimates = new Map(population.map(({ id, estimate }) => [id, told(estimate)]));
  return [...last.values()].map((agent) => ({ ...agent, ...estimates.get(agent.id) })).sort((a, b) =>
    a.id < b.id ? -1 : 1
  );
}
