/**
 * Why an agent was built, and what that came to.
 *
 * @module
 */

import type { BuildTrigger, LocusChange } from "../../records/story_facts.ts";
import { type Entry, stages, type Subject } from "./entry.ts";
import { short } from "./shown.ts";
import { changesText } from "./genomes.ts";

interface BuildRow {
  readonly cycle: number;
  readonly event: number;
  readonly trigger: BuildTrigger;
  readonly builtFrom: string;
  readonly artifact: string | null;
  readonly code: string | null;
  readonly message: string | null;
}

const query = `SELECT cycle, after_event AS event, trigger, built_from AS builtFrom, artifact, code, message
  FROM agent_builds WHERE agent = ? ORDER BY id`;

/** What is shown of an agent's builds. */
export function buildEntries(subject: Subject): Entry[] {
  let before: BuildRow | undefined;
  return subject.listing.all<BuildRow>(query, subject.id).map((row) => {
    const entry = buildEntry(subject, row, before);
    before = row;
    return entry;
  });
}

function buildEntry(subject: Subject, row: BuildRow, before: BuildRow | undefined): Entry {
  const { cycle, event, trigger, artifact, code, message } = row;
  const { cause, changes } = causeOf(subject, row, before);
  const facts = {
    event: artifact === null ? "refused" : "built",
    trigger,
    artifact,
    ...(changes && { changes }),
    ...(code !== null && { code, message }),
  } as const;
  const after = { event, stage: stages.build };
  if (artifact === null) return { cycle, reason: `not built, ${cause}: ${message}`, facts, after };
  return { cycle, reason: `artifact ${short(artifact)}, ${cause}`, facts, after };
}

interface Cause {
  readonly cause: string;
  readonly changes?: readonly LocusChange[];
}

function causeOf(subject: Subject, row: BuildRow, before: BuildRow | undefined): Cause {
  switch (row.trigger) {
    case "again":
      return { cause: "once more, as it was enabled" };
    case "unsigned":
      return { cause: "as it was not signed under the present policy, or was refused when it was to start" };
    case "lost":
      return { cause: "as its artifact was missing in the store, or damaged" };
    case "unbuilt":
      return { cause: before ? "as its artifact was refused when it was to start" : "for the first time" };
    case "changed":
      return before ? changed(subject, row, before) : { cause: "as it had changed" };
  }
}

function changed({ genomes }: Subject, row: BuildRow, before: BuildRow): Cause {
  const [had, has] = [before.builtFrom.split(":"), row.builtFrom.split(":")] as string[][];
  const causes: string[] = [];
  if (had![1] !== has![1]) causes.push("as what it reaches of the template has changed");
  if (had![2] !== has![2]) causes.push("as the runtime is another one");
  if (had![0] === has![0]) return { cause: causes.join(" and ") };
  const changes = genomes.changes(had![0]!, has![0]!);
  return { cause: [...causes, `as its genome changed (${changesText(changes)})`].join(" and "), changes };
}
