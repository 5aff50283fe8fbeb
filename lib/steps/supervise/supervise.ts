/**
 * Evaluates what is due: gestations at any time, the judged episodes of an open cycle; and ends the cycle's episodes.
 *
 * @module
 */

import { configuredKeys } from "../../run/config.ts";
import { lastCycle } from "../../db/cycle.ts";
import { Listing } from "../../db/listing.ts";
import { reactivate } from "../../db/transitions/status.ts";
import type { IsolationName } from "../../isolation/names.ts";
import { hasResidents } from "../../isolation/residents/any.ts";
import type { Keeper } from "../../isolation/residents/keeper.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import type { StepFailed } from "../../util/issue.ts";
import { renewBests } from "./bests.ts";
import { closeEpisodes } from "./close.ts";
import { renewConditions } from "./conditions.ts";
import { countJudged, dueBirths, type DueEvaluation, dueJudged } from "./due.ts";
import { reopenFruitless } from "./fruitless.ts";
import { forgetWritten, writeFiles } from "./files.ts";
import { checkModes, type Mode } from "../../isolation/modes.ts";
import { dueRace, raceFacts } from "./race.ts";
import { readFacts, type RunFacts } from "./run_facts.ts";
import { Tally } from "./tally.ts";
import { chargeCycle } from "../../evaluation/energy.ts";

/** Options of `supervise` besides the configuration. */
export interface SuperviseOptions {
  /** Processes at once. @default as many as workers */
  readonly concurrency?: number;
  /** Workers at once, where the command line says so: the concurrency by default. */
  readonly workers?: number;
  /** How agents are kept apart; no result depends on it. @default "process" */
  readonly isolation?: IsolationName;
  /**
   * Whether each evaluation has a process of its own, or each agent one that lasts; no result depends on it.
   *
   * @default "episode"
   */
  readonly mode?: Mode;
  /** Of residents: leave them to the next supervisor when all that is due is done. @default false */
  readonly once?: boolean;
  /** `host:port` of each server of the broker at which evaluators on other machines are; no result depends on it. */
  readonly evaluators?: readonly string[];
}

/**
 * Runs all evaluations that are due, in processes without permissions, and keeps what they came to.
 *
 * When no episodes are due any more the cycle's mail is delivered and the cycle is ready for `select`; so it is
 * when none were due at all. Interrupted or killed it leaves a state from which the next call goes on to the same
 * end: before the transaction of an evaluation nothing of it has changed.
 *
 * Needs read and write permission for the agents' folders and the listing, read permission for configuration, template,
 * store, the public key and `lib/runtime`, and run permission for `/bin/sh`.
 *
 * Residents besides need read and write permission for their folder.
 *
 * @throws {Misuse} If one option leaves another without effect.
 * @throws {StepFailed} If the run is incomplete, or the machine can't limit processes or keep agents apart as it should.
 */
export async function supervise(step: StepContext, options: SuperviseOptions = {}): Promise<Counts> {
  checkModes(options);
  await sayIdle(step, options);
  using listing = Listing.open(step.paths.listing);
  const repaired = writeOut(listing, step);
  if (options.mode === "resident") {
    const { Residents } = await import("./residents.ts");
    const facts = await readFacts(listing, step.paths);
    await using residents = await Residents.bringUp({ step, listing, facts, once: options.once ?? false });
    const served = await serveDue(step, listing, options, { repaired, facts, keeper: residents.keeper });
    const kept = await residents.keep();
    return { ...served, ...kept, updates: served.updates + kept.started + kept.ended };
  }
  const ended = await endLeft(listing, step);
  return await serveDue(step, listing, options, { repaired: repaired + ended });
}

/** What is known and done before evaluations are. */
interface Service {
  /** How many things were put in order. */
  readonly repaired: number;
  readonly facts?: RunFacts;
  /** Keeps the residents that are to evaluate. */
  readonly keeper?: Keeper;
}

/** Evaluates what is due, and ends the cycle's episodes where none are due any more. */
async function serveDue(
  step: StepContext,
  listing: Listing,
  { concurrency = step.workers, isolation = "process", evaluators }: SuperviseOptions,
  { repaired, facts: known, keeper }: Service,
): Promise<Counts> {
  const present = lastCycle(listing);
  const births = chosen(dueBirths(listing), step.ids);
  const tally = new Tally(step.stages);
  if (births.length === 0 && present?.state !== "open") return { updates: repaired, ...tally.counts() };
  const facts = known ?? await readFacts(listing, step.paths);
  sayRenewed(step, listing, facts);
  renewBests(listing, facts.pool);
  const revived = revive(listing, facts, present?.cycle ?? 0);
  const due = [...births, ...chosen(dueJudged(listing, facts.due), step.ids)];
  const racing = await raceFacts(facts);
  const parts = { step, listing, facts, tally, cycle: present?.cycle ?? 0 };
  if (due.length > 0) {
    const { evaluateDue } = await import("./evaluators.ts");
    await evaluateDue(parts, due, { isolation, concurrency, keeper, evaluators });
  }
  const race = racing && !step.signal.aborted ? chosen(dueRace(listing, facts.due, racing), step.ids) : [];
  if (race.length > 0) {
    const { evaluateDue } = await import("./evaluators.ts");
    // A resident is of what its agent is now, within other limits: what is raced has a process of its own.
    await evaluateDue({ ...parts, facts: racing! }, race, { isolation, concurrency, evaluators });
  }
  if (tally.refused > 0) step.say(builtAgain(tally.refused));
  const closed = step.signal.aborted ? undefined : close(listing, step, facts, racing);
  return { updates: repaired + revived + tally.evaluations + (closed ? 1 : 0), ...tally.counts(), ...closed };
}

function builtAgain(count: number): string {
  const what = count === 1 ? "1 artifact is" : `${count} artifacts are`;
  return `${what} not what was built and signed; run \`deno task build\`, which makes them again, and then this step.`;
}

/** Ends residents that are not kept in this mode; tells how many there were. */
async function endLeft(listing: Listing, step: StepContext): Promise<number> {
  if (!hasResidents(step.paths.residents)) return 0;
  const { endResidents } = await import("./residents.ts");
  return await endResidents(listing, step.paths);
}

/** A score of other conditions ranks no agent any more. */
function sayRenewed(step: StepContext, listing: Listing, { due, conditions }: RunFacts): void {
  if (due.cycle === undefined) return;
  const scores = renewConditions(listing, conditions);
  if (scores === 0) return;
  step.say(
    `world, environment, episodes or steps have changed, or what a world that is not noisy draws: ${scores} scores of ` +
      "before stay as history; " +
      "what is not judged anew is unranked.",
  );
}

/** Makes active again what was disabled for failures in other circumstances: with another template, limits or world. */
function revive(listing: Listing, { circumstances }: RunFacts, cycle: number): number {
  const query = `SELECT id FROM agents WHERE status = 'disabled' AND code LIKE 'evaluation.%'
    AND failed_under <> coalesce(reach, '') || ':' || ? ORDER BY ordinal`;
  return listing.transaction(() => {
    const ids = listing.all<{ id: string }>(query, circumstances);
    for (const { id } of ids) reactivate(listing, id, cycle, "repaired");
    return ids.length;
  });
}

/** Says what the configuration sets in vain for this call; a chain says it once for all of its steps. */
async function sayIdle(
  step: StepContext,
  { isolation = "process", mode = "episode", evaluators }: SuperviseOptions,
): Promise<void> {
  if (step.chained) return;
  const given = await configuredKeys(step.paths);
  if (given.size === 0) return;
  const { idleInCall } = await import("../../run/config_idle.ts");
  for (const line of idleInCall(given, { isolation, mode, evaluators: evaluators !== undefined })) step.say(line);
}

/** Ends the cycle's episodes if none are due any more, whichever agents the step was to handle. */
function close(listing: Listing, step: StepContext, facts: RunFacts, racing: RunFacts | undefined) {
  const { cycle } = facts.due;
  if (cycle === undefined) return undefined;
  let fruitless: StepFailed | undefined;
  const delivery = listing.transaction(() => {
    if (countJudged(listing, facts.due) > 0 || dueRace(listing, facts.due, racing).length > 0) return undefined;
    fruitless = reopenFruitless(listing, cycle);
    if (fruitless) return undefined;
    const delivery = closeEpisodes(listing, cycle, facts.config.mail);
    if (delivery) chargeCycle(listing, cycle, facts.config.energy, { noisy: facts.due.noisy });
    return delivery;
  });
  writeOut(listing, step);
  if (fruitless) throw fruitless;
  return delivery;
}

/** Writes what a killed step, or the mail, has left to be written; tells how many files that were. */
function writeOut(listing: Listing, step: StepContext): number {
  const written = writeFiles(listing, step.paths.agents);
  if (written.files.length === 0) return 0;
  listing.transaction(() => forgetWritten(listing, written));
  for (const { id, file, message } of written.failed) step.log.warn(`Cannot write ${file}: ${message}`, { id });
  return written.files.length;
}

function chosen(evaluations: readonly DueEvaluation[], ids: ReadonlySet<string> | undefined): readonly DueEvaluation[] {
  return ids ? evaluations.filter(({ id }) => ids.has(id)) : evaluations;
}
