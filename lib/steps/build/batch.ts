/**
 * Builds some agents: all that happens before the listing is written.
 *
 * @module
 */

import { buildHash } from "../../db/build_key.ts";
import { findBuild } from "../../db/builds.ts";
import type { Listing } from "../../db/listing.ts";
import { type SignedStatement, statementOf } from "../../db/signed_statements.ts";
import type { Issue, Result } from "../../util/issue.ts";
import type { Stages } from "../../step/stages.ts";
import type { Built } from "../../toolchain/commit.ts";
import type { Derived } from "../../toolchain/derive.ts";
import { type BuildBase, type BuildRow, stale, type Task } from "../../toolchain/due.ts";
import { genomeBytes } from "../../agents/genomes.ts";
import type { Signer, Statement } from "../../signing/sign.ts";
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
  /** What is wrong with distinct contents, or undefined, by their keys; without what was known before. */
  readonly builds: ReadonlyMap<string, Issue | undefined>;
  readonly statements: readonly SignedStatement[];
}

/** Builds the agents of some tasks; the listing is as before when it returns. */
export async function buildBatch(tools: BatchTools, tasks: readonly Task[]): Promise<BatchResult> {
  const rows = tasks.filter(({ kind }) => kind === "build").map(({ row }) => row);
  const hashes = await hashesOf(tools, rows);
  const known = knownBuilds(tools, new Set(hashes.values()));
  // The tools work while this process derives wirings.
  if (rows.some(({ buildKey }) => !known.has(hashes.get(buildKey!)!))) tools.workshop.prepare();
  const derived = await deriveAll(tools, rows);
  const builds = new Map<string, Issue | undefined>();
  const open = new Map<string, Derived>();
  for (const { genomeHash, buildKey } of rows) {
    const wiring = derived.get(genomeHash)!;
    if (!wiring.ok || wiring.value.key !== buildKey || known.has(hashes.get(buildKey)!)) continue;
    const { key, lethal } = wiring.value;
    if (lethal) builds.set(hashes.get(key)!, lethal);
    else open.set(key, wiring.value);
  }
  for (const [key, issue] of await tools.workshop.compile([...open.values()])) builds.set(hashes.get(key)!, issue);
  const agents = assemble(tasks, { derived, hashes, known, builds });
  return { agents, builds, statements: await tools.stages.time("sign", () => signAll(tools, agents)) };
}

/** The keys of all that is in artifacts, by build key. */
async function hashesOf({ base }: BatchTools, rows: readonly BuildRow[]): Promise<Map<string, string>> {
  const keys = [...new Set(rows.map(({ buildKey }) => buildKey!))];
  return new Map(await Promise.all(keys.map(async (key) => [key, await buildHash(key, base.runtime)] as const)));
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

/** What is known of contents, by their keys: what is wrong, or undefined. */
function knownBuilds({ listing }: BatchTools, hashes: Iterable<string>): Map<string, Issue | undefined> {
  const known = new Map<string, Issue | undefined>();
  for (const hash of hashes) {
    const issue = findBuild(listing, hash);
    if (issue !== undefined) known.set(hash, issue ?? undefined);
  }
  return known;
}

/** What the agents of a batch are put together from. */
interface Found {
  readonly derived: ReadonlyMap<string, Result<Derived>>;
  readonly hashes: ReadonlyMap<string, string>;
  readonly known: ReadonlyMap<string, Issue | undefined>;
  readonly builds: ReadonlyMap<string, Issue | undefined>;
}

function assemble(tasks: readonly Task[], { derived, hashes, known, builds }: Found): BatchResult["agents"] {
  const seen = new Set(known.keys());
  return tasks.map((task) => {
    const { row } = task;
    if (task.kind === "stale") return { row, stale: task.issue };
    const { trigger } = task;
    if (task.kind === "refuse") return { row, trigger, buildHash: null, issue: task.issue, cached: false };
    const wiring = derived.get(row.genomeHash)!;
    if (!wiring.ok) return { row, stale: wiring.issue };
    // The listing says that the wiring was made from this genome; if another comes out now, it was not.
    if (wiring.value.key !== row.buildKey) return { row, stale };
    const hash = hashes.get(wiring.value.key)!;
    const issue = known.has(hash) ? known.get(hash) : builds.get(hash);
    const cached = seen.has(hash);
    seen.add(hash);
    return { row, trigger, buildHash: issue ? null : hash, cached, ...(issue && { issue }) };
  });
}

async function signAll(
  { listing, base, workshop, signer }: BatchTools,
  agents: BatchResult["agents"],
): Promise<SignedStatement[]> {
  const signed = new Map<string, SignedStatement>();
  for (const agent of agents) {
    if ("stale" in agent || agent.buildHash === null) continue;
    const [artifact, genome] = [agent.buildHash, agent.row.genomeHash];
    const statement = { artifact, genome, runtime: base.runtime, world: workshop.world, policy: base.policy };
    const key = `${artifact} ${genome}`;
    if (signed.has(key) || isSigned(listing, statement)) continue;
    signed.set(key, { ...statement, signature: await signer.sign(statement) });
  }
  return [...signed.values()];
}

function isSigned(listing: Listing, { artifact, genome, runtime, world, policy }: Statement): boolean {
  const known = statementOf(listing, artifact, genome);
  return known !== undefined && known.runtime === runtime && known.world === world && known.policy === policy;
}

const lost: Issue = {
  code: "genome.missing",
  message: "The genome that the listing names is neither in the store nor in the agent's folder; " +
    "run `deno task scan` first.",
};
