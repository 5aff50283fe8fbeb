/**
 * What the recorded events tell of an agent.
 *
 * @module
 */

import type { Change } from "../../db/transitions/genome.ts";
import { causeOf } from "../../records/cause.ts";
import type { EventType } from "../../db/events.ts";
import { type Entry, stages, type Subject } from "./entry.ts";
import { short } from "./shown.ts";
import { changesText } from "./genomes.ts";

interface EventRow {
  readonly event: number;
  readonly cycle: number;
  readonly type: EventType;
  readonly data: string;
}

type Data = Readonly<Record<string, unknown>>;
type EntryText = Pick<Entry, "event" | "reason" | "facts">;

const query = "SELECT id AS event, cycle, type, data FROM events WHERE agent = ? ORDER BY id";

/** What is told of an agent's events. */
export function eventEntries(subject: Subject): Entry[] {
  const rows = subject.listing.all<EventRow>(query, subject.id);
  return rows.flatMap(({ event, cycle, type, data }, i) => {
    const text = tellers[type]?.(subject, JSON.parse(data), { cycle, next: rows[i + 1]?.type });
    return text ? [{ cycle, ...text, after: { event, stage: stages.event } }] : [];
  });
}

interface Surroundings {
  readonly cycle: number;
  /** Type of the agent's next event. */
  readonly next: EventType | undefined;
}

type Teller = (subject: Subject, data: Data, around: Surroundings) => EntryText | undefined;

const tellers: Readonly<Partial<Record<EventType, Teller>>> = {
  "agent.created": (_subject, { index, genomeHash }) => ({
    event: "created",
    reason: `by init as number ${Number(index) + 1}, with a genome drawn at random (${short(String(genomeHash))})`,
    facts: { index, genomeHash },
  }),
  "agent.born": (subject, { kind }, { cycle }) => kind === "copy" ? copied(subject, cycle) : born(subject),
  "agent.changed": (subject, data) => changed(subject, data as unknown as Change),
  "agent.crashed": (_subject, { crashes, backoffUntilCycle }, { next }) => {
    // Who is disabled for it has no back-off to wait for.
    if (backoffUntilCycle === undefined || next === "agent.disabled") return undefined;
    const failed = crashes === 1 ? "a failed evaluation" : `${crashes} failed evaluations in a row`;
    return {
      event: "backoff",
      reason: `until cycle ${backoffUntilCycle}, after ${failed}`,
      facts: { crashes, backoffUntilCycle },
    };
  },
  "agent.disabled": (_subject, { code, reason, again }) => ({
    event: "disabled",
    reason: `${again === true ? `still, now for another reason: ${reason}` : reason} (cause: ${causeOf(String(code))})`,
    facts: { code, cause: causeOf(String(code)) },
  }),
  "artifact.refused": (_subject, { code, reason, artifact }) => ({
    event: "withheld",
    reason: `${reason} It is to be built again.`,
    facts: { code, artifact },
  }),
  "resident.ended": (_subject, { message, restarts }) => ({
    event: "ended",
    reason: String(message),
    facts: { message, restarts },
  }),
  "agent.died": (_subject, { code, reason }) => ({
    event: "died",
    reason: String(reason),
    facts: { code, cause: causeOf(String(code)) },
  }),
};

function born({ parents, generation }: Subject): EntryText {
  const named = parents.map(({ id, share }) => short(id) + (share === null ? "" : ` (${Math.round(share * 100)} %)`));
  const [first, ...mates] = named;
  const reason = mates.length === 0
    ? `of ${first}, whose genome it was given`
    : `of ${first}, whose genome it was given, and of ${mates.join(", ")} by its inbox`;
  return { event: "born", reason: `${reason}; generation ${generation}`, facts: { parents, generation } };
}

function copied({ listing, parents, generation }: Subject, cycle: number): EntryText {
  const [model] = parents;
  const died = listing.get<{ died: number | null }>("SELECT died FROM agents WHERE id = ?", model?.id ?? "")?.died;
  const gone = died === cycle ? "died in that cycle" : "has another genome since";
  const reason = `of the elite ${short(model?.id ?? "")}, which ${gone}, without gestation; generation ${generation}`;
  return { event: "copied", reason, facts: { parents, generation } };
}

function changed(subject: Subject, { trigger, before, genomeHash, codeHash }: Change): EntryText {
  if (trigger === "repaired") return enabled(trigger, "by scan, as what was wrong with it is so no more");
  if (trigger === "built") return enabled(trigger, "by build, as it can be built now");
  if (trigger === "enabled") return enabled(trigger, "by `deno task enable`");
  const changes = subject.genomes.changes(before, genomeHash);
  const facts = { trigger, before, genomeHash, codeHash, changes: changes ?? null };
  if (trigger === "edited") {
    const code = before === genomeHash;
    return {
      event: "edited",
      reason: code ? "scan found other code" : `scan found another genome: ${changesText(changes)}`,
      facts,
    };
  }
  const when = trigger === "gestation" ? "in its gestation it took up" : "after its episodes it took up";
  return { event: "changed", reason: `${when} another genome: ${changesText(changes)}`, facts };
}

function enabled(trigger: string, reason: string): EntryText {
  return { event: "enabled", reason, facts: { trigger } };
}
