/**
 * Proves of an artifact, before it is started, that it is the one that was built and signed for a genome.
 *
 * @module
 */

import { sha256 } from "../../util/hash.ts";
import type { Listing } from "../../db/listing.ts";
import { buildPolicy } from "../../toolchain/policy.ts";
import type { Statement, Verifier } from "../../signing/sign.ts";
import { artifactPath, mostProgram } from "../../signing/store.ts";
import { bad, good, type Result } from "../../util/issue.ts";
import type { Programs } from "../../isolation/isolation.ts";
import type { ArtifactReference } from "../../isolation/request.ts";
import { errnoOf, isOfOnePath } from "../../util/system_error.ts";
import { readFileLimited } from "../../util/files.ts";

/** Proves artifacts; what was proved once in a step is not proved again, but every file is hashed before each start. */
export class Artifacts implements Programs {
  readonly #listing: Listing;
  readonly #store: string;
  readonly #verifier: Verifier;
  readonly #proved = new Set<string>();
  /** The policy that artifacts must have been built under. */
  readonly policy: string = buildPolicy;

  /** @param store The run's folder `workspace/store`. */
  constructor(listing: Listing, store: string, verifier: Verifier) {
    this.#listing = listing;
    this.#store = store;
    this.#verifier = verifier;
  }

  /**
   * The path of an artifact that may run for a genome, or why it may not: `artifact.unsigned` (no valid statement that
   * names both, the demands and today's policy), `artifact.missing` (or a link), `artifact.changed` (not the bytes that were
   * signed).
   *
   * Needs read permission for the store.
   *
   * @param path Where it lies. @default its place in the store
   */
  async prove(reference: ArtifactReference, path?: string): Promise<Result<string>> {
    const { artifact } = reference;
    const place = path ?? artifactPath(this.#store, artifact);
    if (!await this.isSigned(reference)) {
      return bad("artifact.unsigned", "Its artifact is not signed for its genome as it is now built.", place);
    }
    let bytes: Uint8Array;
    try {
      // What a link points to can be another file by the time that it is started.
      bytes = await readFileLimited(place, mostProgram);
    } catch (error) {
      // What the machine lacks is wrong with no artifact; one bad place of the disk is.
      const isItsOwn = isOfOnePath(error);
      if (!isItsOwn && errnoOf(error) !== "EIO") throw error;
      return bad("artifact.missing", "Its artifact can't be read from the store.", place);
    }
    if (await sha256(bytes) === artifact) return good(place);
    return bad("artifact.changed", "Its artifact in the store is not the one that was signed.", place);
  }

  /** Whether a valid statement names an artifact and a genome, the demands and today's policy. */
  async isSigned(reference: ArtifactReference): Promise<boolean> {
    const { artifact, genome, runtime = "", world = "" } = reference;
    const key = `${artifact} ${genome} ${runtime} ${world}`;
    if (this.#proved.has(key)) return true;
    const isSigned = await this.#verify(reference);
    if (isSigned) this.#proved.add(key);
    return isSigned;
  }

  async #verify({ artifact, genome, runtime, world }: ArtifactReference): Promise<boolean> {
    const row = this.#listing.get<Statement & { readonly signature: string }>(
      "SELECT artifact, genome, runtime, world, policy, signature FROM statements WHERE artifact = ? AND genome = ?",
      artifact,
      genome,
    );
    if (!row || (runtime !== undefined && row.runtime !== runtime)) return false;
    if (world !== undefined && row.world !== world) return false;
    // A gestation may run on what was built under an earlier policy, together with an earlier runtime.
    if (runtime !== undefined && row.policy !== buildPolicy) return false;
    return await this.#verifier.verify(row, row.signature);
  }
}
