/**
 * Why an agent was built, and what that came to.
 *
 * @module
 */

import { type Entry, stages, type Subject } from "./entry.ts";
import { short } from "./shown.ts";
import { type LocusChange, told } from "./genomes.ts";

interface BuildRow {
  readonly cycle: number;
  readonly event: number;
  readonly why: "unbuilt" | "changed" | "again" | "unsigned" | "lost";
  readonly builtFrom: string;
  readonly artifact: string | null;
  readonly code: string | null;
  readonly message: string | null;
}

const query = `SELECT cycle, after_event AS event, why, built_from AS builtFrom, artifact, code, message
  FROM agent_builds WHERE agent = ? ORDER BY id`;

/** What is told of an agent's builds. */
export function toldBuilds(subject: Subject): Entry[] {
  let before: BuildRow | undefined;
  return subject.listing.all<BuildRow>(query, subject.id).map((row) => {
    const entry = toldBuild(subject, row, before);
    before = row;
    return entry;
  });
}

function toldBuild(subject: Subject, row: BuildRow, before: BuildRow | undefined): Entry {
  const { cycle, event, why, artifact, code, message } = row;
  const { cause, changes } = causeOf(subject, row, before);
  const facts = { cause: why, artifact, ...(changes && { changes }), ...(code !== null && { code, message }) };
  const after = { event, stage: stages.build };
  if (artifact === null) return { cycle, what: "refused", why: `not built, ${cause}: ${message}`, facts, after };
  return { cycle, what: "built", why: `artifact ${short(artifact)}, ${cause}`, facts, after };
}

interface Cause {
  readonly cause: string;
  readonly changes?: readonly LocusChange[];
}

function causeOf(subject: Subject, row: BuildRow, before: BuildRow | undefined): Cause {
  switch (row.why) {
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
  return { cause: [...causes, `as its genome changed (${told(changes)})`].join(" and "), changes };
}
