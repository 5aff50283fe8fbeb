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

/** Keeps a signed statement in the place of one of the same artifact and genome; call it inside a transaction. */
export function putStatement(listing: Listing, statement: SignedStatement): void {
  const { artifact, genome, runtime, world, policy, signature } = statement;
  listing.run(
    `INSERT INTO statements (artifact, genome, runtime, world, policy, signature) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (artifact, genome) DO UPDATE SET runtime = excluded.runtime, world = excluded.world,
        policy = excluded.policy, signature = excluded.signature`,
    artifact,
    genome,
    runtime,
    world,
    policy,
    signature,
  );
}

/** What a statement is looked for by. */
export type Sought = Pick<SignedStatement, "genome" | "runtime" | "world" | "policy">;

/** The statement about a genome, or about what stands for one, under just these. */
export function findStatement(listing: Listing, of: Sought): SignedStatement | undefined {
  return listing.get<SignedStatement>(
    `SELECT artifact, genome, runtime, world, policy, signature FROM statements
      WHERE genome = ? AND runtime = ? AND world = ? AND policy = ? LIMIT 1`,
    of.genome,
    of.runtime,
    of.world,
    of.policy,
  );
}

/** The statement that a genome may run as an artifact. */
export function statementOf(listing: Listing, artifact: string, genome: string): SignedStatement | undefined {
  return listing.get<SignedStatement>(
    "SELECT artifact, genome, runtime, world, policy, signature FROM statements WHERE artifact = ? AND genome = ?",
    artifact,
    genome,
  );
}

/** What statements are looked for by the thousand. */
export type SoughtPair = Pick<SignedStatement, "artifact" | "genome">;

/**
 * The signatures of the statements that genomes may run as artifacts, under just these, by place in the list.
 *
 * One query for all: that for each by itself takes longer than what it asks for.
 */
export function signaturesOf(
  listing: Listing,
  pairs: readonly SoughtPair[],
  { runtime, world, policy }: Omit<Sought, "genome">,
): Map<number, string> {
  const rows = listing.all<{ place: number; signature: string }>(
    `SELECT j.key AS place, s.signature FROM json_each(?) AS j
      CROSS JOIN statements AS s ON s.artifact = j.value ->> 0 AND s.genome = j.value ->> 1
      WHERE s.runtime = ? AND s.world = ? AND s.policy = ?`,
    JSON.stringify(pairs.map(({ artifact, genome }) => [artifact, genome])),
    runtime,
    world,
    policy,
  );
  return new Map(rows.map(({ place, signature }) => [place, signature]));
}

/** Whether there are statements of another policy. */
export function hasOtherPolicies(listing: Listing, policy: string): boolean {
  return listing.get("SELECT 1 FROM statements WHERE policy <> ? LIMIT 1", policy) !== undefined;
}

/** Drops statements of other policies. */
export function dropOtherPolicies(listing: Listing, policy: string): void {
  listing.run("DELETE FROM statements WHERE policy <> ?", policy);
}

/** Drops all statements. */
export function dropStatements(listing: Listing): void {
  listing.run("DELETE FROM statements");
}

/** Drops the statements about one thing that stands for a genome. */
export function dropStatementsAbout(listing: Listing, genome: string): void {
  listing.run("DELETE FROM statements WHERE genome = ?", genome);
}
