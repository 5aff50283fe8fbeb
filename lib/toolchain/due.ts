/**
 * Which agents are to be built.
 *
 * @module
 */

import { madeFrom } from "../db/build_key.ts";
import type { Listing } from "../db/listing.ts";
import { agentKey, isFolderKey } from "../db/agent_key.ts";
import type { Issue } from "../util/issue.ts";

/** What the listing knows of a living agent. */
export interface BuildRow {
  readonly id: string;
  readonly status: "active" | "disabled";
  /** Code of the issue that disabled it. */
  readonly code: string | null;
  readonly disabledKey: string | null;
  readonly stage: "newborn" | "adult";
  readonly genomeHash: string;
  readonly codeHash: string;
  /** What the wired genome reaches. */
  readonly reach: string | null;
  readonly wiredFrom: string | null;
  readonly buildKey: string | null;
  readonly builtFrom: string | null;
  readonly buildHash: string | null;
  /** 1: its artifact is signed for its genome, under the present policy. */
  readonly signed: 0 | 1;
}

/** What all agents of a run are built from. */
export interface BuildBase {
  /** Hash of the present pool. */
  readonly pool: string;
  /** Hashes of the pools that came before it. */
  readonly former: readonly string[];
  /** Hash of the runtime's modules. */
  readonly source: string;
  /** Hash of the runtime as artifacts carry it. */
  readonly runtime: string;
  readonly policy: string;
  /** The run's folder `workspace/store`. */
  readonly store: string;
}

/**
 * Why an agent is built: `unbuilt`: it has no artifact, or one that was refused at a start; `changed`: its genome, the
 * template or the runtime is another one; `again`: it could not be built and was enabled; `unsigned`: what it is built as is
 * not signed under the present policy.
 */
export type BuildTrigger = "unbuilt" | "changed" | "again" | "unsigned";

/** What is to be done with an agent. */
export type Task =
  | { readonly row: BuildRow; readonly kind: "build"; readonly trigger: BuildTrigger }
  | { readonly row: BuildRow; readonly kind: "refuse"; readonly trigger: BuildTrigger; readonly issue: Issue }
  | { readonly row: BuildRow; readonly kind: "stale"; readonly issue: Issue };

const query = `
SELECT id, status, code, disabled_key AS disabledKey, stage, genome_hash AS genomeHash, code_hash AS codeHash,
  reach, wired_from AS wiredFrom, build_key AS buildKey, built_from AS builtFrom, build_hash AS buildHash,
  EXISTS (SELECT 1 FROM statements WHERE artifact = build_hash AND genome = genome_hash AND policy = ?) AS signed
FROM agents WHERE status <> 'dead' AND stage IN ('newborn', 'adult') AND genome_ok = 1 ORDER BY ordinal`;

/**
 * What is to be done, in the order of the agents; those that are built from what they are do not occur.
 *
 * @param ids Only these agents; absent: all.
 */
export function findDue(listing: Listing, base: BuildBase, ids?: ReadonlySet<string>): Task[] {
  const tasks: Task[] = [];
  for (const row of listing.rows<BuildRow>(query, base.policy)) {
    if (ids && !ids.has(row.id)) continue;
    const task = taskOf(row, base);
    if (task) tasks.push(task);
  }
  return tasks;
}

/** Whether an agent is disabled and still what it was then. */
export function isUnchanged(row: BuildRow): boolean {
  return row.status === "disabled" && row.disabledKey === agentKey(row.genomeHash, row.reach);
}

function taskOf(row: BuildRow, base: BuildBase): Task | undefined {
  // What is listed of an unfit folder says nothing of what lies in it.
  if (row.status === "disabled" && isFolderKey(row.disabledKey)) return undefined;
  const wired = madeFrom(row.genomeHash, row.codeHash, base.source);
  const present = builtFrom(row, base);
  if (row.codeHash === base.pool && row.wiredFrom === wired && row.reach !== null && row.buildKey !== null) {
    if (row.builtFrom !== present) return { row, kind: "build", trigger: changed(row) };
    // It could not be built; where it is enabled that is said again.
    if (row.buildHash === null) return row.status === "active" ? { row, kind: "build", trigger: "again" } : undefined;
    return row.signed === 0 ? { row, kind: "build", trigger: "unsigned" } : undefined;
  }
  // What is disabled stays so until it changes; and what is not born yet has its parent's artifact.
  if (row.stage === "newborn" || isUnchanged(row)) return undefined;
  if (row.codeHash === base.pool || base.former.includes(row.codeHash)) return { row, kind: "stale", issue: stale };
  return { row, kind: "refuse", trigger: row.builtFrom === present ? "again" : changed(row), issue: foreign };
}

/** What an agent is built from, as one text. */
export function builtFrom({ genomeHash, reach }: BuildRow, { runtime }: BuildBase): string {
  return madeFrom(genomeHash, reach ?? "", runtime);
}

function changed({ builtFrom }: BuildRow): BuildTrigger {
  return builtFrom === null ? "unbuilt" : "changed";
}

/** The wiring does not follow the genome, the code or the runtime. */
export const stale: Issue = {
  code: "wiring.stale",
  message: "The wiring was made from another genome, code or runtime; run `deno task sync-wiring` first.",
};

const foreign: Issue = {
  code: "audit.code",
  message: "The agent's gene files must be those of the run's template; they were edited. " +
    "Put them back, or run `deno task init` with a template that has the edit.",
};
