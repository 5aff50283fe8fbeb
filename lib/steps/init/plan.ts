/**
 * The genomes that agents are still to be made of, as the listing keeps them: whatever is killed, the next `init` goes on
 * with them.
 *
 * @module
 */

import { z } from "zod";
import type { Listing } from "../../db/listing.ts";
import { decodeGenome } from "../../genome/codec.ts";
import type { FoundGenome, GivenGenome } from "./given.ts";

const text = z.string().max(16_384);

/** What was asked for, and the agents from `at` on that have these genomes; those that are made need none any more. */
const schema = z.object({
  at: z.int().min(0).max(1_000_000),
  asked: z.array(text),
  genomes: z.array(z.object({ from: text, bytes: z.string().max(128 * 1024), ignored: z.array(text).max(100_000) })),
});

/** What the last `init` with genomes was asked for. */
export interface Plan {
  readonly asked: readonly string[];
  /** The next agent that has one of them. */
  readonly at: number;
  /** What is not made yet. */
  readonly genomes: readonly (FoundGenome & { readonly ignored: readonly string[] })[];
}

/**
 * The plan that is recorded; a listing may come from elsewhere, so that it is read like anything that does.
 *
 * @param made How many agents there are.
 * @returns Undefined where there is none that can be read.
 */
export function recordedPlan(listing: Listing, made: number): Plan | undefined {
  const stored = listing.meta("from");
  const parsed = stored === undefined ? undefined : schema.safeParse(parse(stored));
  if (!parsed?.success) return undefined;
  const { asked, at, genomes } = parsed.data;
  const done = Math.max(0, made - at);
  const left = genomes.slice(done).flatMap(({ from, bytes, ignored }) => {
    const decoded = decodeGenome(bytesOf(bytes));
    return decoded.ok ? [{ from, genome: decoded.value, ignored, known: new Set<string>() }] : [];
  });
  return { asked, at: at + done, genomes: left };
}

/** Records what is to be made; inside the transaction that also records how many agents there are to be. */
export function recordPlan(
  listing: Listing,
  asked: readonly string[],
  at: number,
  genomes: readonly GivenGenome[],
): void {
  const stored = genomes.map(({ from, bytes, ignored }) => ({ from, bytes: bytes.toBase64(), ignored }));
  listing.setMeta("from", JSON.stringify({ at, asked, genomes: stored }));
}

/** Drops the genomes of a plan when all of it is made; what was asked for stays, so that the same command is known. */
export function closePlan(listing: Listing): void {
  const plan = recordedPlan(listing, 1_000_000);
  if (plan) recordPlan(listing, plan.asked, 0, []);
}

function parse(stored: string): unknown {
  try {
    return JSON.parse(stored);
  } catch {
    return undefined;
  }
}

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.fromBase64(base64);
  } catch {
    return new Uint8Array();
  }
}
