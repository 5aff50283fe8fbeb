/**
 * How long a machine may stand idle while an operation waits for it. Without any of these genes schedules are active: each
 * operation that fits is offered.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** How much of the time from the first possible begin to the first possible end: 0 is non-delay, 1 active. */
export const parameters = { delay: { min: 0, max: 1, default: 0.5 } } as const;

interface Shop {
  readonly waiting: readonly number[];
  readonly start: readonly number[];
  readonly duration: readonly number[];
}

type Offer = GeneContext<typeof parameters, Shop>;

/**
 * Non-delay schedules: a machine never waits while there is something to do.
 *
 * @phase offer
 */
export function nonDelay(context: Offer): void {
  offer(context, 0);
}

/**
 * What is between non-delay and active schedules (Bierwirth and Mattfeld 1999).
 *
 * @phase offer
 */
export function hybrid(context: Offer): void {
  if (!context.active("src/offer.ts#nonDelay")) offer(context, context.parameters.delay);
}

/** Tells until when an operation must be able to begin, to be chosen. */
function offer(context: Offer, delay: number): void {
  const { waiting, start, duration } = context.perception;
  let [first, end] = [Infinity, Infinity];
  for (let job = 0; job < waiting.length; job++) {
    if (waiting[job] !== 1) continue;
    first = Math.min(first, start[job]!);
    end = Math.min(end, start[job]! + duration[job]!);
  }
  context.emit("latest", first + delay * (end - first));
}
