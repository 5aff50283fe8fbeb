/**
 * Builds some agents: all that happens before the listing is written.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import type { Issue, Result } from "../../util/issue.ts";
import type { Stages } from "../../step/stages.ts";
import type { Built, Signed } from "../../toolchain/commit.ts";
import type { Outcome } from "../../toolchain/compile.ts";
import type { Derived } from "../../toolchain/derive.ts";
import { type BuildBase, type BuildRow, stale, type Task } from "../../toolchain/due.ts";
import { genomeBytes } from "../../agents/genomes.ts";
import type { Signer } from "../../signing/sign.ts";
import { artifactPath, isIntact } from "../../signing/store.ts";
import type { Workshop } from "../../toolchain/workshop.ts";

/** What a batch works with. */
export interface BatchTools {
  readonly listing: Listing;
  readonly base: BuildBase;
  readonly workshop: Workshop;
  readonly signer: Signer;
  /** The folder of all agents. */
  readonly agents: string;
  /** Where times are noted. */
  readonly stages: Stages;
}

/** What a batch came to. */
export interface BatchResult {
  /** In the order of the agents; `stale` were not built and are left as they are. */
  readonly agents: readonly (Built | { readonly row: BuildRow; readonly stale: Issue })[];
  /** What distinct contents came to by build key, without what was known before. */
  readonly builds: ReadonlyMap<string, Outcome>;
  readonly statements: readonly Signed[];
}

/** Builds the agents of some tasks; artifacts are in the store when it returns, the listing is as before. */
export async function buildBatch(tools: BatchTools, tasks: readonly Task[]): Promise<BatchResult> {
  const rows = tasks.filter(({ kind }) => kind === "build").map(({ row }) => row);
  const known = await cached(tools, rows);
  // The tools work while this process derives wirings.
  if (rows.some(({ buildKey }) => !known.has(buildKey!))) tools.workshop.prepare();
  const derived = await deriveAll(tools, rows);
  const builds = new Map<string, Outcome>();
  const open = new Map<string, Derived>();
  for (const { genomeHash, buildKey } of rows) {
    const wiring = derived.get(genomeHash)!;
    if (!wiring.ok || wiring.value.key !== buildKey || known.has(buildKey)) continue;
    const { key, lethal } = wiring.value;
    if (lethal) builds.set(key, { issue: lethal });
    else open.set(key, wiring.value);
  }
  for (const [key, outcome] of await tools.workshop.compile([...open.values()])) builds.set(key, outcome);
  const agents = assemble(tasks, derived, known, builds);
  return { agents, builds, statements: await tools.stages.time("sign", () => signAll(tools, agents)) };
}

async function deriveAll(tools: BatchTools, rows: readonly BuildRow[]): Promise<Map<string, Result<Derived>>> {
  const derived = new Map<string, Result<Derived>>();
  const hashes: string[] = [];
  const genomes: Uint8Array[] = [];
  for (const row of rows) {
    if (derived.has(row.genomeHash)) continue;
    derived.set(row.genomeHash, { ok: false, issue: lost });
    const bytes = await genomeBytes(tools.listing, tools.agents, row);
    if (!bytes) continue;
    hashes.push(row.genomeHash);
    genomes.push(bytes);
  }
  if (genomes.length === 0) return derived;
  const results = await tools.workshop.derive(genomes);
  results.forEach((result, index) => derived.set(hashes[index]!, result));
  return derived;
}

/** What is known of contents by build key; a content that was built but whose artifact is lost is not. */
async function cached({ listing, base }: BatchTools, rows: readonly BuildRow[]): Promise<Map<string, Outcome>> {
  const known = new Map<string, Outcome>();
  for (const key of new Set(rows.map(({ buildKey }) => buildKey!))) {
    const row = listing.get<{ artifact: string | null; code: string; message: string }>(
      "SELECT artifact, code, message FROM builds WHERE key = ?",
      key,
    );
    if (row?.artifact === null) known.set(key, { issue: { code: row.code, message: row.message } });
    else if (row && await isIntact(artifactPath(base.store, row.artifact), row.artifact)) {
      known.set(key, { artifact: row.artifact });
    }
  }
  return known;
}

function assemble(
  tasks: readonly Task[],
  derived: ReadonlyMap<string, Result<Derived>>,
  known: ReadonlyMap<string, Outcome>,
  builds: ReadonlyMap<string, Outcome>,
): BatchResult["agents"] {
  const seen = new Set(known.keys());
  return tasks.map((task) => {
    const { row } = task;
    if (task.kind === "stale") return { row, stale: task.issue };
    const { why } = task;
    if (task.kind === "refuse") return { row, why, artifact: null, issue: task.issue, cached: false };
    const wiring = derived.get(row.genomeHash)!;
    if (!wiring.ok) return { row, stale: wiring.issue };
    // The listing says that the wiring was made from this genome; if another comes out now, it was not.
    if (wiring.value.key !== row.buildKey) return { row, stale };
    const { key } = wiring.value;
    const outcome = known.get(key) ?? builds.get(key)!;
    const isKnown = seen.has(key);
    seen.add(key);
    return "issue" in outcome
      ? { row, why, artifact: null, issue: outcome.issue, cached: isKnown }
      : { row, why, artifact: outcome.artifact, cached: isKnown };
  });
}

async function signAll(
  { listing, base, workshop, signer }: BatchTools,
  agents: BatchResult["agents"],
): Promise<Signed[]> {
  const signed = new Map<string, Signed>();
  for (const agent of agents) {
    if ("stale" in agent || agent.artifact === null) continue;
    const [artifact, genome] = [agent.artifact, agent.row.genomeHash];
    const statement = { artifact, genome, runtime: base.runtime, world: workshop.world, policy: base.policy };
    const key = `${artifact} ${genome}`;
    const values = Object.values(statement);
    if (signed.has(key) || listing.get(signedAlready, ...values)) continue;
    signed.set(key, { ...statement, signature: await signer.sign(statement) });
  }
  return [...signed.values()];
}

const signedAlready =
  "SELECT 1 FROM statements WHERE artifact = ? AND genome = ? AND runtime = ? AND world = ? AND policy = ?";

const lost: Issue = {
  code: "genome.missing",
  message: "The genome that the listing names is neither in the store nor in the agent's folder; " +
    "run `deno task scan` first.",
};
