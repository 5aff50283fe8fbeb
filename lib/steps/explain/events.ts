/**
 * What the recorded events tell of an agent.
 *
 * @module
 */

import { causeOf } from "../../records/cause.ts";
import type { Changed, ChangeTrigger, EventData, EventType } from "../../records/events.ts";
import { type Entry, stages, type Subject } from "./entry.ts";
import { short } from "./shown.ts";
import { changesText } from "./genomes.ts";
import { shownText } from "../../util/text.ts";

interface EventRow {
  readonly event: number;
  readonly cycle: number;
  readonly type: EventType;
  readonly data: string;
}

type EntryText = Pick<Entry, "reason" | "facts">;

const query = "SELECT id AS event, cycle, type, data FROM events WHERE agent = ? ORDER BY id";

/** What is shown of an agent's events. */
export function eventEntries(subject: Subject): Entry[] {
  const rows = subject.listing.all<EventRow>(query, subject.id);
  return rows.flatMap(({ event, cycle, type, data }, i) => {
    // What is read is what `recordEvent()` took for this type; a listing from elsewhere may have other types.
    const teller = tellers[type] as Teller<EventType> | undefined;
    const text = teller?.(subject, JSON.parse(data), { cycle, next: rows[i + 1]?.type });
    return text ? [{ cycle, ...text, after: { event, stage: stages.event } }] : [];
  });
}

interface Surroundings {
  readonly cycle: number;
  /** Type of the agent's next event. */
  readonly next: EventType | undefined;
}

type Teller<Type extends EventType> = (
  subject: Subject,
  data: EventData[Type],
  around: Surroundings,
) => EntryText | undefined;

/** One for each event: what is recorded of an agent is shown, or it is said here that it is not. */
const tellers: { readonly [Type in EventType]: Teller<Type> } = {
  "agent.created": (_subject, { index, genomeHash, from }) => ({
    reason: `by init as number ${index + 1}, with ${
      from === undefined ? "a genome drawn at random" : `the genome of ${shownText(from)}`
    } (${short(genomeHash)})`,
    facts: { event: "created", index, genomeHash, ...(from !== undefined && { from }) },
  }),
  "agent.born": (subject, { kind }, { cycle }) =>
    kind === "copy" ? copied(subject, cycle) : kind === "random" ? drawn(subject) : born(subject),
  "agent.changed": changed,
  "agent.crashed": (_subject, { crashes, backoffUntilCycle }, { next }) => {
    // An agent that is disabled for it has no back-off to wait for.
    if (crashes === undefined || backoffUntilCycle === undefined || next === "agent.disabled") return undefined;
    const failed = crashes === 1 ? "a failed evaluation" : `${crashes} failed evaluations in a row`;
    return {
      reason: `until cycle ${backoffUntilCycle}, after ${failed}`,
      facts: { event: "backoff", crashes, backoffUntilCycle },
    };
  },
  "agent.disabled": (_subject, { code, reason, again }) => ({
    reason: `${again ? `still, now for another reason: ${reason}` : reason} (cause: ${causeOf(code)})`,
    facts: { event: "disabled", code, cause: causeOf(code) },
  }),
  "artifact.refused": (_subject, { code, reason, artifact }) => ({
    reason: `${reason} It is to be built again.`,
    facts: { event: "withheld", code, artifact },
  }),
  "resident.ended": (_subject, { message, restarts }) => ({
    reason: message,
    facts: { event: "ended", message, restarts },
  }),
  "agent.died": (_subject, { code, reason }) => ({
    reason,
    facts: { event: "died", code, cause: causeOf(code) },
  }),
  "agent.stray": () => undefined,
  "evaluator.dropped": () => undefined,
  "cycle.finished": () => undefined,
};

function born({ parents, generation }: Subject): EntryText {
  const named = parents.map(({ id, share }) => short(id) + (share === null ? "" : ` (${Math.round(share * 100)} %)`));
  const [first, ...mates] = named;
  const reason = mates.length === 0
    ? `of ${first}, whose genome it was given`
    : `of ${first}, whose genome it was given, and of ${mates.join(", ")} by its inbox`;
  return { reason: `${reason}; generation ${generation}`, facts: { event: "born", parents, generation } };
}

function drawn({ parents, generation }: Subject): EntryText {
  const reason = `with a genome drawn at random; generation ${generation}`;
  return { reason, facts: { event: "born", parents, generation } };
}

function copied({ listing, parents, generation }: Subject, cycle: number): EntryText {
  const [model] = parents;
  const present = listing.get<{ died: number | null; genome: string }>(
    "SELECT died, genome_hash AS genome FROM agents WHERE id = ?",
    model?.id ?? "",
  );
  const gone = present?.died === cycle
    ? ", which died in that cycle"
    : present && present.genome !== model?.genomeHash
    ? ", which has another genome since"
    : "";
  const reason = `of ${short(model?.id ?? "")}${gone}, without gestation; generation ${generation}`;
  return { reason, facts: { event: "copied", parents, generation } };
}

function changed(subject: Subject, { trigger, before, genomeHash, codeHash }: Changed): EntryText {
  if (trigger === "repaired") return enabled(trigger, "by scan, as what was wrong with it is so no more");
  if (trigger === "built") return enabled(trigger, "by build, as it can be built now");
  if (trigger === "enabled") return enabled(trigger, "by `deno task enable`");
  const changes = subject.genomes.changes(before, genomeHash);
  const event = trigger === "edited" ? "edited" : "changed";
  const facts = { event, trigger, before, genomeHash, codeHash, changes: changes ?? null } as const;
  if (trigger === "edited") {
    const code = before === genomeHash;
    return { reason: code ? "scan found other code" : `scan found another genome: ${changesText(changes)}`, facts };
  }
  const when = trigger === "gestation" ? "in its gestation it took up" : "after its episodes it took up";
  return { reason: `${when} another genome: ${changesText(changes)}`, facts };
}

function enabled(trigger: ChangeTrigger, reason: string): EntryText {
  return { reason, facts: { event: "enabled", trigger } };
}
