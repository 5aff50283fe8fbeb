/**
 * Tells which evaluators are at a broker, and which this run has dropped.
 *
 * @module
 */

import { droppedEvaluators } from "../../db/dropped_evaluators.ts";
import { Listing } from "../../db/listing.ts";
import { evaluatorsAt, type SeenEvaluator } from "../../evaluators/lookout.ts";
import { engineName } from "../../evaluators/names.ts";
import type { EvaluatorDrop, EvaluatorStatus } from "../../records/evaluators.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { table } from "../../step/table.ts";
import { shownText } from "../../util/text.ts";

/**
 * Emits one `evaluator.status` for each evaluator that is at a broker, or that this run has dropped, by name.
 *
 * Needs read permission for the listing and its write-ahead log, and run permission for `/bin/sh`: a process of its own
 * reaches the broker.
 *
 * @param servers `host:port` of each server of the broker.
 * @throws {StepFailed} If there is no server, or it is not one that can be used.
 */
export async function evaluatorStatus(step: StepContext, servers: readonly string[]): Promise<Counts> {
  const dropped = droppedOf(step.paths.listing);
  const seen = await evaluatorsAt(servers, step.signal);
  const engine = engineName();
  const names = new Set(seen.map(({ name }) => name));
  const records = [
    ...seen.map((one) => statusOf(one, engine, dropped.get(one.name))),
    ...[...dropped].filter(([name]) => !names.has(name)).map(([name, drop]) => goneStatus(name, drop)),
  ].toSorted((a, b) => a.evaluator < b.evaluator ? -1 : 1);
  if (step.format !== "table") records.forEach((record) => step.emit(record));
  else if (records.length > 0) step.print(peopleTable(records, step.forPeople));
  if (!step.signal.aborted) tellPeople(step, records, engine);
  const count = (state: EvaluatorStatus["state"]) => records.filter((one) => one.state === state).length;
  return {
    updates: 0,
    evaluators: seen.length,
    ready: count("ready"),
    otherEngine: count("engine"),
    dropped: count("dropped"),
  };
}

function droppedOf(path: string): ReadonlyMap<string, EvaluatorDrop> {
  using listing = Listing.open(path, { readOnly: true });
  return new Map(droppedEvaluators(listing).map(({ evaluator, ...drop }) => [evaluator, drop]));
}

function statusOf(seen: SeenEvaluator, engine: string, dropped: EvaluatorDrop | undefined): EvaluatorStatus {
  const { name, slots, msPerEvaluation: ms } = seen;
  const isSameEngine = seen.engine === engine;
  return {
    type: "evaluator.status",
    id: null,
    ok: true,
    evaluator: name,
    state: dropped ? "dropped" : isSameEngine ? "ready" : "engine",
    host: seen.host,
    cores: seen.cores,
    engine: seen.engine,
    isSameEngine,
    isolation: seen.isolation,
    slots,
    evaluations: seen.evaluations,
    msPerEvaluation: ms,
    perSecond: ms ? Math.round(1e6 * slots / ms) / 1000 : null,
    since: seen.since,
    secondsSinceSeen: seen.secondsSinceSeen,
    dropped: dropped ?? null,
  };
}

function goneStatus(evaluator: string, dropped: EvaluatorDrop): EvaluatorStatus {
  return {
    type: "evaluator.status",
    id: null,
    ok: true,
    evaluator,
    state: "dropped",
    host: null,
    cores: null,
    engine: null,
    isSameEngine: null,
    isolation: null,
    slots: null,
    evaluations: null,
    msPerEvaluation: null,
    perSecond: null,
    since: null,
    secondsSinceSeen: null,
    dropped,
  };
}

/** What the cells do not say: a line each. */
function tellPeople({ say }: StepContext, records: readonly EvaluatorStatus[], engine: string): void {
  if (records.every((one) => one.secondsSinceSeen === null)) {
    say("no evaluator is at this broker; start one with `deno task evaluator --server nats://HOST:PORT`.");
  }
  for (const { evaluator, state, engine: other, dropped } of records) {
    if (state === "engine") say(`${evaluator} runs ${other}, and is given nothing by this Deno, which is ${engine}.`);
    if (dropped) say(`${shownText(evaluator)} ${droppedWords(dropped)}`);
  }
}

function droppedWords({ cycle, agent, kind, at }: EvaluatorDrop): string {
  if (cycle === null) return "was dropped by this run.";
  const when = at === null ? "" : ` at ${at.slice(0, 16).replace("T", " ")} UTC`;
  return `was dropped by this run in cycle ${cycle}${when}: its reply to the ${kind} evaluation of ${
    shownText(String(agent), 36)
  } is another one than at home.`;
}

const columns = [
  "evaluator",
  "state",
  "host",
  "cores",
  "slots",
  "isolation",
  "evaluated",
  "per second",
  "seen",
  "since",
  "engine",
];

/** The table; on a terminal without what it can do without, so that it fits 80 columns. */
function peopleTable(records: readonly EvaluatorStatus[], isTerminal: boolean): string {
  const left = new Set(isTerminal ? ["since", "engine", ...(records.every(isNamedAfterHost) ? ["host"] : [])] : []);
  const rows = records.map((record) => ({
    ...record,
    evaluated: record.evaluations,
    "per second": record.perSecond,
    seen: record.secondsSinceSeen === null ? null : `${record.secondsSinceSeen} s`,
    since: record.since?.slice(0, 16).replace("T", " ") ?? null,
  }));
  return table(rows, columns.filter((name) => !left.has(name)));
}

function isNamedAfterHost({ evaluator, host }: EvaluatorStatus): boolean {
  return host === null || evaluator.startsWith(host);
}
