/**
 * What an agent's folder should hold, as the listing and the run's template say: to look whether it does, and to make it
 * again where it is lost.
 *
 * @module
 */

import { runtimeHash } from "../wiring/runtime_hash.ts";
import { fromBytes } from "../runtime/genome_bytes.ts";
import { fitToPool } from "../genome/fit.ts";
import { decodeGenome } from "../genome/codec.ts";
import { manifest } from "../wiring/manifest.ts";
import { wire } from "../wiring/wiring.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import { madeFrom } from "../db/build_key.ts";
import { type Contents, createFolder } from "./folder.ts";
import { KnownPools } from "../template/known_pools.ts";
import type { ListedAgent } from "../db/listed_agents.ts";
import { memoryHash } from "../db/memories.ts";
import { forgetPending } from "../db/pending_files.ts";
import { forgetFolder } from "../db/stamps.ts";
import type { Listing } from "../db/listing.ts";
import { inboxOf } from "./inbox_file.ts";
import type { RunPaths } from "../run/paths.ts";
import { formerPools } from "../template/pool_store.ts";
import { presentPool } from "../template/template.ts";
import type { CodeFile } from "../run/layout.ts";

/** Tells what folders should hold, and makes them. */
export class FolderBuilder {
  readonly pools: KnownPools;
  /** The code of all pools that the run has had, by their hashes. */
  readonly known: ReadonlyMap<string, readonly CodeFile[]>;
  readonly #listing: Listing;
  readonly #agents: string;
  readonly #place: string;
  readonly #runtime: string;
  readonly #former: ReadonlySet<string>;

  private constructor(
    { agents }: RunPaths,
    listing: Listing,
    pools: KnownPools,
    known: ReadonlyMap<string, readonly CodeFile[]>,
    rest: { readonly place: string; readonly runtime: string; readonly former: ReadonlySet<string> },
  ) {
    this.#agents = agents;
    this.#place = rest.place;
    this.#listing = listing;
    this.pools = pools;
    this.known = known;
    this.#runtime = rest.runtime;
    this.#former = rest.former;
  }

  /**
   * Reads what all folders have in common.
   *
   * Needs read permission for the run's template and for `lib/runtime`.
   *
   * @param place The folder of all agents as it will be, where they are made elsewhere first.
   * @throws {StepFailed} If a pool is not complete, or not what was audited.
   */
  static async open(paths: RunPaths, listing: Listing, place: string = paths.agents): Promise<FolderBuilder> {
    const present = presentPool(listing);
    const pools = new KnownPools(paths, present);
    const known = new Map<string, readonly CodeFile[]>();
    for (const hash of [present, ...formerPools(paths, present)]) known.set(hash, await pools.codeOf(hash));
    return new FolderBuilder(paths, listing, pools, known, {
      place,
      runtime: await runtimeHash(),
      former: await pools.formerNames(),
    });
  }

  /** Whether the wiring on disk should be that of the agent's present genome and code. */
  isWired({ status, genomeHash, codeHash, wiredFrom }: ListedAgent): boolean {
    return status === "active" && wiredFrom === madeFrom(genomeHash, codeHash, this.#runtime);
  }

  /** What the folder should hold; `undefined` where the listing has lost the genome. */
  contents(agent: ListedAgent): Contents | undefined {
    const genome = this.#listing.blob(agent.genomeHash);
    if (!genome) return undefined;
    return {
      genome,
      code: this.known.get(agent.codeHash) ?? this.known.get(this.pools.present)!,
      manifest: manifest(`${this.#place}/${agent.id}`, agent.id),
      own: { ...this.#memory(agent.id), ...inboxOf(this.#listing, agent.id) },
      ...this.#wiring(genome),
    };
  }

  /**
   * Makes an agent's folder anew; the next steps look at it as at one that they have not seen before.
   *
   * Needs read and write permission for `agents`.
   *
   * @returns False where the listing has lost the genome.
   */
  build(agent: ListedAgent): boolean {
    const contents = this.contents(agent);
    if (!contents) return false;
    Deno.mkdirSync(this.#agents, { recursive: true });
    createFolder(this.#agents, agent.id, contents);
    this.forget(agent.id);
    forgetPending(this.#listing, agent.id);
    return true;
  }

  /** Whether a genome can be decoded and fits the present pool, as `scan` judges it. */
  fits(bytes: Uint8Array): boolean {
    return decodeGenome(bytes).ok && fitToPool(fromBytes(bytes) as Genome, this.pools.pool, this.#former).ok;
  }

  /** Lets the next steps look at a folder as at one that they have not seen before. */
  forget(id: string): void {
    forgetFolder(this.#listing, id);
  }

  /** A genome that no pool fits has no wiring: `scan` says so. */
  #wiring(bytes: Uint8Array): { mod: string; main: string } | undefined {
    if (!decodeGenome(bytes).ok) return undefined;
    const fitted = fitToPool(fromBytes(bytes) as Genome, this.pools.pool, this.#former);
    return fitted.ok ? wire(fitted.value.genome, this.pools.pool) : undefined;
  }

  #memory(id: string): Record<string, Uint8Array> {
    const hash = memoryHash(this.#listing, id);
    const bytes = hash && this.#listing.blob(hash);
    return bytes ? { "memory.json": bytes } : {};
  }
}
