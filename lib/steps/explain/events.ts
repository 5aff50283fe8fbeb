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
import { told } from "./genomes.ts";

interface EventRow {
  readonly event: number;
  readonly cycle: number;
  readonly type: EventType;
  readonly data: string;
}

type Data = Readonly<Record<string, unknown>>;
type Told = Pick<Entry, "what" | "why" | "facts">;

const query = "SELECT id AS event, cycle, type, data FROM events WHERE agent = ? ORDER BY id";

/** What is told of an agent's events. */
export function toldEvents(subject: Subject): Entry[] {
  const rows = subject.listing.all<EventRow>(query, subject.id);
  return rows.flatMap(({ event, cycle, type, data }, i) => {
    const told = tellers[type]?.(subject, JSON.parse(data), { cycle, next: rows[i + 1]?.type });
    return told ? [{ cycle, ...told, after: { event, stage: stages.event } }] : [];
  });
}

interface Surroundings {
  readonly cycle: number;
  /** Type of the agent's next event. */
  readonly next: EventType | undefined;
}

type Teller = (subject: Subject, data: Data, around: Surroundings) => Told | undefined;

const tellers: Readonly<Partial<Record<EventType, Teller>>> = {
  "agent.created": (_subject, { index, genomeHash }) => ({
    what: "created",
    why: `by init as number ${Number(index) + 1}, with a genome drawn at random (${short(String(genomeHash))})`,
    facts: { index, genomeHash },
  }),
  "agent.born": (subject, { kind }, { cycle }) => kind === "copy" ? copied(subject, cycle) : born(subject),
  "agent.changed": (subject, data) => changed(subject, data as unknown as Change),
  "agent.crashed": (_subject, { crashes, restsUntil }, { next }) => {
    // Who is disabled for it has no rest to wait for.
    if (restsUntil === undefined || next === "agent.disabled") return undefined;
    const failed = crashes === 1 ? "a failed life" : `${crashes} failed lives in a row`;
    return { what: "rests", why: `until cycle ${restsUntil}, after ${failed}`, facts: { crashes, restsUntil } };
  },
  "agent.disabled": (_subject, { code, reason, again }) => ({
    what: "disabled",
    why: `${again === true ? `still, now for another reason: ${reason}` : reason} (cause: ${causeOf(String(code))})`,
    facts: { code, reason, cause: causeOf(String(code)) },
  }),
  "artifact.refused": (_subject, { code, reason, artifact }) => ({
    what: "withheld",
    why: `${reason} It is to be built again.`,
    facts: { code, reason, artifact },
  }),
  "resident.ended": (_subject, { message, restarts }) => ({
    what: "ended",
    why: String(message),
    facts: { message, restarts },
  }),
  "agent.died": (_subject, { code, reason }) => ({
    what: "died",
    why: String(reason),
    facts: { code, reason, cause: causeOf(String(code)) },
  }),
};

function born({ parents, generation }: Subject): Told {
  const named = parents.map(({ id, share }) => short(id) + (share === null ? "" : ` (${Math.round(share * 100)} %)`));
  const [first, ...mates] = named;
  const why = mates.length === 0
    ? `of ${first}, whose genome it was given`
    : `of ${first}, whose genome it was given, and of ${mates.join(", ")} by its inbox`;
  return { what: "born", why: `${why}; generation ${generation}`, facts: { parents, generation } };
}

function copied({ listing, parents, generation }: Subject, cycle: number): Told {
  const [model] = parents;
  const died = listing.get<{ died: number | null }>("SELECT died FROM agents WHERE id = ?", model?.id ?? "")?.died;
  const gone = died === cycle ? "died in that cycle" : "has another genome since";
  const why = `of the elite ${short(model?.id ?? "")}, which ${gone}, without gestation; generation ${generation}`;
  return { what: "copied", why, facts: { parents, generation } };
}

function changed(subject: Subject, { why, before, genomeHash, codeHash }: Change): Told {
  if (why === "mended") return enabled(why, "by scan, as what was wrong with it is so no more");
  if (why === "built") return enabled(why, "by build, as it can be built now");
  if (why === "enabled") return enabled(why, "by `deno task enable`");
  const changes = subject.genomes.changes(before, genomeHash);
  const facts = { cause: why, before, genomeHash, codeHash, changes: changes ?? null };
  if (why === "edited") {
    const code = before === genomeHash;
    return {
      what: "edited",
      why: code ? "scan found other code" : `scan found another genome: ${told(changes)}`,
      facts,
    };
  }
  const when = why === "gestation" ? "in its gestation it took up" : "after its episodes it took up";
  return { what: "changed", why: `${when} another genome: ${told(changes)}`, facts };
}

function enabled(cause: string, why: string): Told {
  return { what: "enabled", why, facts: { cause } };
}
