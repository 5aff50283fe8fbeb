/**
 * One command from nothing to a report: agents where there are none, then cycles.
 *
 * @module
 */

import { otherDenoOf } from "../../db/deno_version.ts";
import { Listing } from "../../db/listing.ts";
import type { IsolationName } from "../../isolation/names.ts";
import { Misuse, StepFailed } from "../../util/issue.ts";
import { objectiveValue, scoreName } from "../../records/objective.ts";
import type { CycleStatistics } from "../../records/cycle.ts";
import { raceRecord, type RaceReport } from "../../records/race.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { raceText } from "../../tables/race_text.ts";
import { waitLine } from "../../step/failure.ts";
import { RunLock } from "../../run/lock.ts";
import { flag, runChild } from "../../step/child.ts";
import { type Ends, hasEnds } from "./ends.ts";
import { checkControls, lifecycle } from "./lifecycle.ts";
import { CycleTable } from "./line.ts";

/** What the person asked for. */
export interface StartOptions extends Omit<Ends, "until"> {
  /** Agents to have; absent: 100 where there are none. */
  readonly count?: number;
  /** Cycles to run; absent: 10 where nothing else is to end it. */
  readonly cycles?: number;
  /** Minutes from the command's start in which it is over. */
  readonly minutes?: number;
  readonly seed?: string;
  /** Folder of the template, as `init` takes it; absent: the one before. */
  readonly template?: string;
  /** Genomes that agents begin with, as `init` takes them. */
  readonly from?: readonly string[];
  readonly workers?: number;
  readonly concurrency?: number;
  /** How agents are kept apart; absent: a process each. */
  readonly isolation?: IsolationName;
  /** `host:port` of each server of the broker at which evaluators on other machines are. */
  readonly evaluators?: readonly string[];
  /** Whether the best genome is named by a final race when it is over. */
  readonly race?: boolean;
  /** Whether random search with a race at the run's budget is judged beside its winner. */
  readonly controls?: boolean;
}

/**
 * Creates agents where there are none, runs cycles, and says where the report is.
 *
 * Needs read and write permission for the listing and the lock files, and run permission for `/bin/sh`.
 *
 * @throws {Misuse} If controls are asked for that there can't be.
 * @throws {StepFailed} If a step failed.
 */
export async function start(step: StepContext, options: StartOptions): Promise<Counts> {
  checkControls(options);
  const seed = seedOf(step.paths.listing);
  if (seed !== undefined && options.seed !== undefined && seed !== options.seed) throw otherSeed(seed, options.seed);
  const isCreating = seed === undefined || options.count !== undefined || options.template !== undefined ||
    Boolean(options.from?.length);
  const count = options.count ?? (seed === undefined ? 100 : undefined);
  const created = isCreating ? await create(step, { ...options, count }) : 0;
  using lock = await RunLock.take(step.paths, {
    step: step.name,
    chain: true,
    signal: step.signal,
    onWait: (holder) => step.say(waitLine(holder)),
  });
  // Where `init` ran, it has said so itself.
  const other = isCreating ? undefined : otherDenoOf(step.paths.listing);
  if (other !== undefined) step.say(other);
  if (options.isolation === undefined && options.evaluators === undefined) {
    step.say("evaluations are about five times as fast with --isolation shared, where agents share a process.");
  }
  const seen: CycleStatistics[] = [];
  let raced: RaceReport | undefined;
  const table = new CycleTable();
  const { cycles } = await lifecycle(step, {
    cycles: options.cycles ?? (options.minutes === undefined && !hasEnds(options) ? 10 : undefined),
    minutes: options.minutes,
    evaluations: options.evaluations,
    target: options.target,
    stagnation: options.stagnation,
    workers: options.workers,
    concurrency: options.concurrency,
    isolation: options.isolation,
    evaluators: options.evaluators,
    race: options.race,
    controls: options.controls,
    token: lock.token,
    onCycle: (statistics) => {
      seen.push(statistics);
      if (step.format === "table") step.print(table.of(statistics));
      else step.emit({ type: "cycle.finished", id: null, ok: true, ...statistics });
    },
    onRace: (report) => {
      raced = report;
      if (step.format !== "table") step.emit(raceRecord(report));
    },
  });
  if (step.format === "table") step.print(closing(step, seen, raced));
  return { updates: created + cycles!, created, cycles: cycles! };
}

/** The seed of the run, or `undefined` where there are no agents yet. */
function seedOf(path: string): string | undefined {
  try {
    using listing = Listing.open(path);
    return listing.get("SELECT 1 FROM agents LIMIT 1") ? listing.meta("seed") : undefined;
  } catch (error) {
    if (error instanceof StepFailed && error.issue.code === "listing.missing") return undefined;
    throw error;
  }
}

function otherSeed(seed: string, wanted: string): Misuse {
  return new Misuse({
    code: "seed.other",
    message: `Cannot use the seed ${wanted} as this run has begun with ${seed}; use --run NAME for another run.`,
  });
}

async function create(
  step: StepContext,
  options: Pick<StartOptions, "count" | "seed" | "template" | "from" | "workers">,
): Promise<number> {
  const { count, seed, template, from = [], workers } = options;
  const args = [
    ...flag("count", count),
    ...flag("seed", seed),
    ...flag("template", template),
    ...from.flatMap((genome) => flag("from", genome)),
    ...flag("run", step.paths.name),
    ...flag("workers", workers),
    ...flag("log-level", step.logLevel),
    ...(step.quiet ? ["--quiet"] : []),
  ];
  const { counts } = await runChild({ step: "init", args, signal: step.signal });
  return counts?.created ?? 0;
}

function closing(step: StepContext, seen: readonly CycleStatistics[], raced: RaceReport | undefined): string {
  const [first, last] = [seen[0], seen.at(-1)];
  const report = `${step.paths.name === undefined ? "" : `runs/${step.paths.name}/`}workspace/reports/report.html`;
  if (!first || !last) return `Nothing was left to do. Report: ${report}\n`;
  const seconds = (performance.now() / 1000).toFixed(1);
  const [cycles, agents] = [plural(seen.length, "cycle"), last.alive === 1 ? "1 agent is" : `${last.alive} agents are`];
  const { objective } = last;
  const value = ({ score }: CycleStatistics, name: "best" | "mean") => show(objectiveValue(score[name], objective));
  const scores = (name: "best" | "mean") => {
    const what = `${name} ${scoreName(objective)}`;
    return first === last
      ? `${what} ${value(last, name)}`
      : `${what} ${value(first, name)} in cycle ${first.cycle}, ${value(last, name)} in cycle ${last.cycle}`;
  };
  const race = raced ? `\n${raceText(raced)}\n\n` : "";
  return `\n${cycles} in ${seconds} s; ${agents} alive.\n${scores("best")}; ${
    scores("mean")
  }.\n${race}Report: ${report}\n`;
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function show(score: number | null): string {
  return score === null ? "–" : score.toFixed(2);
}
