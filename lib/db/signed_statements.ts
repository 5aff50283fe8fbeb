/**
 * Signed statements, each that a genome may run as an artifact, and what is built on them.
 *
 * @module
 */

import type { Listing } from "./listing.ts";

/** A statement with its signature. */
export interface SignedStatement {
  /** SHA-256 of the artifact. */
  readonly artifact: string;
  readonly genome: string;
  readonly runtime: string;
  readonly world: string;
  readonly policy: string;
  /** Over the five, in base64. */
  readonly signature: string;
}

/** All statements. */
export function signedStatements(listing: Listing): SignedStatement[] {
  return listing.all<SignedStatement>("SELECT artifact, genome, runtime, world, policy, signature FROM statements");
}

/** Drops one statement. */
export function dropStatement(listing: Listing, artifact: string, genome: string): void {
  listing.run("DELETE FROM statements WHERE artifact = ? AND genome = ?", artifact, genome);
}

/** Drops all builds that no statement proves. */
export function dropUnprovedBuilds(listing: Listing): void {
  listing.run("DELETE FROM builds WHERE artifact IS NULL OR artifact NOT IN (SELECT artifact FROM statements)");
}

/** Forgets an artifact that is lost, so that it is built again; call it inside a transaction. */
export function forgetArtifact(listing: Listing, artifact: string): void {
  listing.run("DELETE FROM statements WHERE artifact = ?", artifact);
  listing.run("DELETE FROM builds WHERE artifact = ?", artifact);
  listing.run("UPDATE agents SET built_from = NULL WHERE build_hash = ?", artifact);
}
