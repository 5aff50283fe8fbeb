/**
 * The step `select`: which agents die, and which genomes are copied into a new folder; closes the cycle.
 *
 * @module
 */

import type { BirthKind } from "../../records/selection.ts";
import { configuredKeys, loadConfig } from "../../run/config.ts";
import type { Config } from "../../run/config_schema.ts";
import { energyRule } from "../../run/energy_rule.ts";
import { closeCycle, type Cycle, lastCycle } from "../../db/cycle.ts";
import { settle } from "../../db/islands.ts";
import { Listing } from "../../db/listing.ts";
import { StepFailed } from "../../util/issue.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { loadPool } from "../../template/pool_store.ts";
import { presentPool } from "../../template/template.ts";
import { type RaceOutcome, raceOutcome } from "../../evaluation/cycle_race.ts";
import type { Pool } from "../../genome/pool.ts";
import { conditionsOf } from "../../run/conditions.ts";
import { cycleRaceWorlds } from "../../run/unseen_worlds.ts";
import { apply } from "./apply.ts";
import { archived } from "./archived.ts";
import { buryDead, makeFolders } from "./folders.ts";
import { fitnessOf } from "./fitness.ts";
import { readResults, type Results } from "./results.ts";
import { drawnGenomes } from "./random_genomes.ts";
import { statisticsOf } from "./statistics.ts";
import { vacancyText } from "./vacancies.ts";
import { refuseIdle } from "./idle.ts";
import { demandNeeds } from "../../selection/needs.ts";
import { plannerOf } from "./planner.ts";

/** Options of `select` besides the configuration. */
export interface SelectOptions {
  /** Name of a strategy, in place of the configured one. */
  readonly selection?: string;
}

/**
 * Selects, if the cycle's episodes are complete.
 *
 * The whole plan (deaths, births, ids) goes into the listing in one transaction; then the folders are made and the
 * cycle is closed. Killed in between, it goes on from the plan that is recorded.
 *
 * @throws {Misuse} If the configuration is invalid, or sets what its strategy has no use for.
 * @throws {StepFailed} If episodes of the cycle are still due.
 */
export async function select(step: StepContext, options: SelectOptions = {}): Promise<Counts> {
  const config = await loadConfig(step.paths);
  using listing = Listing.open(step.paths.listing);
  const strategyName = options.selection ?? config.selection.strategy;
  // Loaded even where nothing is due, so that a wrong name never passes in silence.
  using planner = await plannerOf(strategyName, step);
  const given = await configuredKeys(step.paths);
  refuseIdle(step, planner.traits, given, options.selection);
  const cycle = lastCycle(listing);
  if (!cycle || cycle.state === "closed") return { updates: 0, died: 0, born: 0 };
  if (cycle.state === "open") throw stillOpen(listing, cycle);
  if (cycle.state === "planned") sayPlanned(step, listing, cycle, options.selection);
  if (cycle.state === "judged") {
    const pool = loadPool(step.paths, presentPool(listing));
    const { world } = pool;
    const { objectives = [] } = world;
    const [objective] = objectives;
    demandNeeds(strategyName, planner.traits.needs, world, config);
    const byEnergy = energyRule(planner.traits, config);
    using fitness = await fitnessOf(config.fitness, step);
    const seed = seedOf(listing);
    const race = planner.traits.uses.includes("race")
      ? await racedIn(listing, cycle.cycle, { seed, pool, config })
      : undefined;
    const { places } = race ?? {};
    const input = { seed, cycle: cycle.cycle, world, config, energyRule: byEnergy, places, only: step.ids };
    settle(listing, config.selection.islands?.count ?? 1);
    const results = await step.stages.time("rank", () => readResults(listing, fitness, input));
    reportUnranked(step, results);
    const { living, doomed, others, issues } = results;
    if (issues.length > 0 && !living.some((one) => one.fitness !== undefined)) throw unrankable(results);
    const size = sizeOf(listing, config);
    const { selection: options } = config;
    const made = await step.stages.time(
      "plan",
      () =>
        planner.plan({
          seed,
          cycle: cycle.cycle,
          size,
          options,
          objectives,
          living,
          doomed,
          others,
          archive: archived(listing),
        }),
    );
    const statistics = statisticsOf(listing, cycle.cycle, made, { candidates: living, objective, race });
    const drawn = await drawnGenomes(listing, cycle.cycle, made.births, pool);
    const context = { statistics, unranked: issues, strategy: strategyName, config, pool: pool.hash, drawn };
    step.stages.time("apply", () => apply(listing, made, context));
    reportVacancies(step, listing, { size, living });
  }
  await makeFolders(step, listing, cycle.cycle);
  step.stages.time("remove", () => buryDead(step, listing));
  const compactOld = await compaction(step, listing, cycle.cycle, config.retention.cycles);
  close(listing, cycle.cycle, compactOld);
  return emitSelected(step, listing, cycle.cycle);
}

/** What came of the race of a cycle; undefined where none is configured. */
async function racedIn(
  listing: Listing,
  cycle: number,
  { seed, pool, config }: { readonly seed: string; readonly pool: Pool; readonly config: Config },
): Promise<RaceOutcome | undefined> {
  const { race } = config.selection;
  if (!race) return undefined;
  const { world: settings } = pool;
  const worlds = cycleRaceWorlds({ seed, settings, config: config.world }, cycle, race.episodes);
  const conditions = await conditionsOf(pool, worlds);
  return raceOutcome(listing, { seed, cycle, settings, config, conditions });
}

/** A plan that a killed step has made stands, whatever the strategy is now. */
function sayPlanned(step: StepContext, listing: Listing, { cycle }: Cycle, wanted: string | undefined): void {
  if (wanted === undefined) return;
  const { selection } = listing.get<{ selection: string }>("SELECT selection FROM cycles WHERE cycle = ?", cycle)!;
  const { strategy } = JSON.parse(selection);
  if (wanted === strategy) return;
  step.say(`--selection ${wanted} has no effect on cycle ${cycle}, which ${strategy} has planned already.`);
}

/** How many agents the population has. */
function sizeOf(listing: Listing, { selection }: Config): number {
  return selection.size ?? Number(listing.meta("size"));
}

function seedOf(listing: Listing): string {
  return listing.meta("seed") ?? "";
}

function stillOpen(listing: Listing, cycle: Cycle): StepFailed {
  const due = listing.get<{ n: number }>(
    `SELECT count(*) AS n FROM agents a WHERE status = 'active' AND stage = 'adult' AND backoff_until_cycle <= ?1
      AND NOT EXISTS (SELECT 1 FROM evaluations e
        WHERE e.agent = a.id AND e.cycle = ?1 AND e.kind = 'judged' AND e.outcome IS NOT NULL)`,
    cycle.cycle,
  )!.n;
  return new StepFailed({
    code: "select.open",
    message: `Cannot select in cycle ${cycle.cycle} as its episodes must be complete: ${due} ${
      due === 1 ? "agent is" : "agents are"
    } still without one; run \`deno task supervise\` first.`,
  });
}

/** A fitness that ranks nothing is a fault of the configuration: the cycle stays open for a better one. */
function unrankable({ issues }: Results): StepFailed {
  const [{ id, issue }] = issues as [Results["issues"][number]];
  return new StepFailed({
    code: issue.code,
    message:
      `Cannot select as the fitness of at least one agent must be a finite number: of ${issues.length} results ` +
      `none has one. ${id}: ${issue.message} Repair \`fitness\` in config.json and run \`deno task select\` again.`,
    path: "workspace/config.json",
  });
}

function reportUnranked(step: StepContext, { issues }: Results): void {
  for (const { id, issue } of issues) step.emit({ type: "agent.unranked", id, ok: false, issue });
  const first = issues[0];
  if (first) {
    step.log.warn(`Results that stay unranked: ${issues.length}, the first of ${first.id}: ${first.issue.message}`);
  }
}

function reportVacancies(
  step: StepContext,
  listing: Listing,
  { size, living }: Pick<Results, "living"> & { readonly size: number },
): void {
  const filled = listing.get<{ n: number }>("SELECT count(*) AS n FROM agents WHERE status != 'dead'")!.n;
  const text = vacancyText(size - filled, living);
  if (text !== undefined) step.log.warn(text);
}

function close(listing: Listing, cycle: number, compactOld: () => void): void {
  listing.transaction(() => {
    compactOld();
    closeCycle(listing, cycle);
  });
}

/** What compacts the cycles that have become too old, or nothing. */
async function compaction(step: StepContext, listing: Listing, cycle: number, kept: number): Promise<() => void> {
  // Most runs have nothing that is so old, and need not load what sums it up.
  if (cycle <= kept) return () => {};
  const { compact, dueSpan } = await import("./compact.ts");
  const span = dueSpan(listing, cycle, kept);
  const pool = loadPool(step.paths, presentPool(listing));
  return () => span && step.stages.time("compact", () => compact(listing, span, pool));
}

interface DeathRow {
  readonly id: string;
  readonly code: string;
  readonly reason: string;
}

interface BirthRow {
  readonly id: string;
  readonly kind: BirthKind;
  readonly generation: number;
  readonly parents: string;
  readonly genome_hash: string;
}

function emitSelected(step: StepContext, listing: Listing, cycle: number): Counts {
  let died = 0, born = 0;
  const deaths = "SELECT id, code, reason FROM agents WHERE died = ? ORDER BY ordinal";
  for (const row of listing.rows<DeathRow>(deaths, cycle)) {
    died++;
    step.emit({ type: "agent.died", ok: true, ...row });
  }
  const births =
    "SELECT id, kind, generation, parents, genome_hash FROM agents WHERE born = ? AND kind != 'init' ORDER BY ordinal";
  for (const { genome_hash, parents, ...row } of listing.rows<BirthRow>(births, cycle)) {
    born++;
    step.emit({ type: "agent.born", ok: true, ...row, parents: JSON.parse(parents), genomeHash: genome_hash });
  }
  // A closed cycle is something done, even where no agent died or was born.
  return { updates: 1 + died + born, died, born };
}
