/**
 * The final race: which of the genomes that a run has come to is the best one, and what is to be expected of it.
 *
 * @module
 */

import { lastCycle, presentCycle } from "../../db/cycle.ts";
import { foundersOf } from "../../db/founders.ts";
import { Listing } from "../../db/listing.ts";
import { enterRace, type Entrant, entrantsOf, renewRace } from "../../db/races.ts";
import { spentEpisodes } from "../../db/spent.ts";
import { expectedOf } from "../../evaluation/expected.ts";
import type { Field, Runnable } from "../../evaluation/field.ts";
import { agentLimits } from "../../isolation/limits.ts";
import { sandboxFor } from "../../isolation/sandbox.ts";
import { objectiveValue } from "../../records/objective.ts";
import {
  entrantRecord,
  type EntrantReport,
  type RaceControl,
  type RacedGenome,
  raceRecord,
  type RaceReport,
  type RandomControl,
} from "../../records/race.ts";
import { conditionsOf } from "../../run/conditions.ts";
import { loadConfig } from "../../run/config.ts";
import { raceWorlds, testWorlds, unseenConditions, type WorldFacts } from "../../run/unseen_worlds.ts";
import { worldsOf } from "../../run/worlds.ts";
import type { Objective } from "../../runtime/contract.ts";
import { type Placed, type Played, race as raceAmong } from "../../selection/race.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { loadPool } from "../../template/pool_store.ts";
import { presentPool } from "../../template/template.ts";
import { openField, runnable } from "../../toolchain/open_field.ts";
import { PoolPrograms } from "../../toolchain/pool_programs.ts";
import { raceText } from "../../tables/race_text.ts";
import { Misuse, StepFailed } from "../../util/issue.ts";
import { expectationOf, gainOf, type Ground, type Tested, tested } from "./tested.ts";
import { randomControl } from "./random_control.ts";

/** Options of `race`. */
export interface RaceStepOptions {
  /** Genomes at most of the living, of agents' bests, and of the archive, each. */
  readonly entrants: number;
  /** Episodes for each entrant of the race, on average. */
  readonly episodes: number;
  /** Episodes that the winner is judged in; all instances to test with in a world that is not noisy. */
  readonly test: number;
  /** How processes are kept apart. */
  readonly isolation: "process" | "bwrap";
  /** Whether random search with a race at the run's budget is judged beside the winner. */
  readonly controls: boolean;
}

/**
 * Names the best genome of a run by a race, and judges it alone in worlds that nothing was chosen by; the best of the initial
 * population beside it.
 *
 * What it comes to stands in tables of its own: it changes no agent, no score and no random number of any cycle. Killed, it goes
 * on where it was. Needs what `replay` needs, and write permission for the listing and for the run's workspace.
 *
 * @throws {StepFailed} If no genome can be in a race, or what is present of the pool is not built.
 */
export async function race(step: StepContext, options: RaceStepOptions): Promise<Counts> {
  const { paths, stages } = step;
  if (options.controls && options.isolation === "bwrap") throw unwalled();
  const config = await loadConfig(paths);
  using listing = Listing.open(paths.listing);
  const poolHash = presentPool(listing);
  const pool = loadPool(paths, poolHash);
  const seed = listing.meta("seed") ?? "";
  const facts = { seed, settings: pool.world, config: config.world };
  // What scores are comparable under may go by the cycle; what these worlds depend on does not.
  const conditions = await unseenConditions(pool, facts);
  const present = await conditionsOf(
    pool,
    worldsOf(seed, Math.max(1, presentCycle(listing)), pool.world, config.world),
  );
  const entrants = entrantsOf(listing, { pool: poolHash, conditions: present, most: options.entrants });
  if (entrants.length === 0) throw nothingToRace(step);
  const founders = foundersOf(listing).filter(({ codeHash }) => codeHash === poolHash).slice(0, options.entrants);
  const limits = agentLimits(config);
  const [sandbox, programs] = await Promise.all([
    sandboxFor(options.isolation, limits),
    PoolPrograms.open(listing, paths, pool, poolHash),
  ]);
  const cut = (all: readonly Entrant[]) => stages.time("cut", () => runnable(listing, programs, all));
  const [all, first] = [
    await cut(entrants),
    await cut(founders.map((founder) => ({ ...founder, source: "founder" as const }))),
  ];
  if (all.length === 0) throw nothingToRace(step);
  const { signal, workers } = step;
  const parts = { listing, paths, pool, config, seed, conditions, programs, sandbox, workers, signal };
  await using open = await openField(parts);
  open.add([...all, ...first]);
  const { field } = open;
  const ground = groundOf(field, options, pool.world.objectives?.[0], facts);
  const placed = await stages.time("race", () => raced(ground, all));
  const winner = placed[0]!.entrant;
  const found = await stages.time("test", () => tested(ground, winner));
  const control = await stages.time("control", () => controlOf(ground, first, found));
  const report: RaceReport = {
    cycle: closedCycle(listing),
    winner: namedOf(winner),
    entrants: placed.length,
    ranking: placed.map((one, i) => placeOf(ground, one, i + 1)),
    raceEpisodes: placed.reduce((sum, { episodes }) => sum + episodes, 0),
    ...expectationOf(ground, winner, found),
    ...(ground.objective && { objective: ground.objective }),
    control,
  };
  const ranked = [...placed.map(({ entrant }) => entrant), ...first.filter((one) => !isAmong(one, all))];
  enterRace(listing, { pool: poolHash, worlds: conditions, entrants: ranked, report });
  // What has taken long to come to is kept before what takes as long again.
  const whole = options.controls ? { ...report, randomControl: await besides() } : report;
  if (options.controls) renewRace(listing, whole);
  tell(step, whole);
  return { updates: 1, entrants: placed.length, evaluations: field.run };

  async function besides(): Promise<RandomControl> {
    const budget = spentEpisodes(listing, pool.world, config) + report.raceEpisodes;
    const parts = { ground, open, programs, winner, found, budget };
    return await stages.time("controls", () => randomControl(step, parts));
  }
}

function groundOf(
  field: Field,
  options: RaceStepOptions,
  objective: Objective | undefined,
  facts: WorldFacts,
): Ground {
  return {
    field,
    options,
    objective,
    race: { name: "race", worlds: raceWorlds(facts) },
    test: { name: "test", worlds: testWorlds(facts) },
  };
}

/** The last closed cycle, 0 before the first. */
function closedCycle(listing: Listing): number {
  const last = lastCycle(listing);
  return last === undefined ? 0 : last.state === "closed" ? last.cycle : last.cycle - 1;
}

/** Episodes that an entrant plays in one process at least: to start that takes as long as many of them. */
const atOnce = 8;

/** The entrants in the order of their places; where chance has no part in scores, in the order of those. */
async function raced({ field, race, options }: Ground, entrants: readonly Runnable[]): Promise<Placed<Runnable>[]> {
  const { count } = race.worlds;
  const none: Played = { scores: [], violations: [] };
  return await raceAmong(entrants, {
    episodes: options.episodes * entrants.length,
    group: Math.min(atOnce, options.episodes),
    play: (left, from, to) =>
      Promise.all(left.map((one) => from < count ? field.play(one, race, from, Math.min(to, count)) : none)),
  });
}

/** The best of the initial population by a race of its own, in the worlds in which the winner was judged. */
async function controlOf(
  ground: Ground,
  founders: readonly Runnable[],
  winner: Tested,
): Promise<RaceControl | null> {
  if (founders.length === 0) return null;
  const [{ entrant }] = await raced(ground, founders) as [Placed<Runnable>];
  const own = winner === "unseen" ? undefined : await tested(ground, entrant);
  const expected = own && own !== "unseen" ? expectedOf(own, ground.objective) : null;
  return { ...namedOf(entrant), expected, gain: gainOf(winner, own) };
}

function namedOf({ agent, genomeHash, source }: Entrant): RacedGenome {
  return { agent, genomeHash, source };
}

function isAmong({ genomeHash }: Entrant, others: readonly Entrant[]): boolean {
  return others.some((one) => one.genomeHash === genomeHash);
}

function placeOf(
  { field, objective }: Ground,
  { entrant, episodes, score }: Placed<Runnable>,
  place: number,
): EntrantReport {
  const failure = field.failures.get(entrant.genomeHash);
  return {
    ...namedOf(entrant),
    place,
    episodes,
    score: objectiveValue(score, objective),
    ...(failure !== undefined && { failure }),
  };
}

function tell(step: StepContext, report: RaceReport): void {
  if (step.format === "table") return step.print(`${raceText(report)}\n`);
  for (const one of report.ranking) step.emit(entrantRecord(one));
  step.emit(raceRecord(report));
}

function unwalled(): Misuse {
  return new Misuse({
    code: "arguments",
    message:
      "Cannot use --controls with --isolation bwrap as random genomes are evaluated within a process, by Workers " +
      "without permissions: leave one of them out.",
  });
}

function nothingToRace({ paths }: StepContext): StepFailed {
  return new StepFailed({
    code: "race.none",
    message:
      "Cannot race as there must be an agent with a score of the present world and template: there is none; run " +
      "`deno task lifecycle` first.",
    path: paths.listing,
  });
}
