/**
 * Which share of an evaluator's replies is evaluated at home as well: more while it is new, less once it has proven itself.
 *
 * It depends on what this very process of an evaluator has proven in this run, since a name, and a machine, is what it says of
 * itself: whoever starts another one begins anew. Which replies are drawn depends on nothing that an evaluator can know; no
 * result depends on it.
 *
 * @module
 */

import type { TrustStage } from "../records/evaluators.ts";

/** What an evaluator has proven. */
export interface Proven {
  /** Replies of it that were taken, and how many of these came to the same at home. */
  readonly replies: number;
  readonly verified: number;
}

/** For how many replies an evaluator is new; and how many must have come to the same at home until it is proven. */
export const trust = { newReplies: 50, provenVerified: 100 } as const;

/** How many draws at the configured share each reply stands for. */
const draws: Readonly<Record<TrustStage, number>> = { new: 5, usual: 1, proven: 1 / 4 };

/** How much is known of an evaluator; of a new one so little that it may be one of many that a liar has started. */
export function trustStage({ replies, verified }: Proven): TrustStage {
  if (replies < trust.newReplies) return "new";
  return verified >= trust.provenVerified ? "proven" : "usual";
}

/**
 * The share of the next replies that is verified: the probability that the configured share catches at least one of several
 * draws, about 5 times as much for a new one and a quarter for a proven one. So 0 stays none and 1 stays all.
 *
 * @param fraction The configured share, in [0, 1].
 */
export function verifiedShare(fraction: number, proven: Proven): number {
  return 1 - (1 - fraction) ** draws[trustStage(proven)];
}

/** Draws with a probability, from the system's source of random numbers. */
export function isDrawn(share: number): boolean {
  return crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32 < share;
}
