/**
 * Tells which evaluators are at a broker, and which this run has dropped.
 *
 * @module
 */

import { isDroppedAs, type KnownEvaluator, knownEvaluators } from "../../db/evaluators.ts";
import { Listing } from "../../db/listing.ts";
import { evaluatorsAt, type SeenEvaluator } from "../../evaluators/lookout.ts";
import { engineName } from "../../evaluators/names.ts";
import { trustStage } from "../../evaluators/trust.ts";
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
 * @param servers Each server of the broker, as `readServers()` gives them.
 * @throws {StepFailed} If there is no server, or it is not one that can be used.
 */
export async function evaluatorStatus(step: StepContext, servers: readonly string[]): Promise<Counts> {
  const known = knownOf(step.paths.listing);
  const seen = await evaluatorsAt({ servers, keys: `${step.paths.brokerKeys}/supervisor` }, step.signal);
  const engine = engineName();
  const isThere = (gone: KnownEvaluator) => seen.some(({ name, instance }) => isDroppedAs(gone, name, instance));
  const records = [
    ...seen.map((one) => statusOf(one, engine, known)),
    ...known.filter((one) => one.dropped && !isThere(one)).map(goneStatus),
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

function knownOf(path: string): readonly KnownEvaluator[] {
  using listing = Listing.open(path, { readOnly: true });
  return knownEvaluators(listing);
}

/** What the run has to do with one. */
function viewOf(one: Pick<KnownEvaluator, "replies" | "verified" | "lastAt">) {
  return { replies: one.replies, verified: one.verified, trust: trustStage(one), lastReplyAt: one.lastAt };
}

function statusOf(seen: SeenEvaluator, engine: string, known: readonly KnownEvaluator[]): EvaluatorStatus {
  const { name, instance, slots, msPerEvaluation: ms } = seen;
  const dropped = known.find((one) => isDroppedAs(one, name, instance))?.dropped;
  const own = known.find((one) => one.name === name && one.instance === instance);
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
    ...viewOf(own ?? { replies: 0, verified: 0, lastAt: null }),
    dropped: dropped ?? null,
  };
}

function goneStatus(one: KnownEvaluator): EvaluatorStatus {
  return {
    type: "evaluator.status",
    id: null,
    ok: true,
    evaluator: one.name,
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
    ...viewOf(one),
    dropped: one.dropped,
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
  "replies",
  "verified",
  "trust",
  "last reply",
  "since",
  "engine",
];

/** The table; on a terminal without what it can do without, so that it fits 80 columns. */
function peopleTable(records: readonly EvaluatorStatus[], isTerminal: boolean): string {
  const left = new Set(
    isTerminal
      ? [
        "cores",
        "isolation",
        "evaluated",
        "trust",
        "last reply",
        "since",
        "engine",
        ...(records.every(isNamedAfterHost) ? ["host"] : []),
      ]
      : [],
  );
  const rows = records.map((record) => ({
    ...record,
    evaluated: record.evaluations,
    "per second": record.perSecond,
    seen: record.secondsSinceSeen === null ? null : `${record.secondsSinceSeen} s`,
    verified: verifiedText(record),
    "last reply": record.lastReplyAt?.slice(0, 16).replace("T", " ") ?? null,
    since: record.since?.slice(0, 16).replace("T", " ") ?? null,
  }));
  return table(rows, columns.filter((name) => !left.has(name)));
}

/** How many replies were verified, and which share of all that is. */
function verifiedText({ replies, verified }: EvaluatorStatus): string | null {
  return replies === 0 ? null : `${verified} (${Number((100 * verified / replies).toPrecision(2))} %)`;
}

function isNamedAfterHost({ evaluator, host }: EvaluatorStatus): boolean {
  return host === null || evaluator.startsWith(host);
}
