/**
 * Ends the episodes of a cycle: delivers the mail and lets `select` begin.
 *
 * @module
 */

import { judgeCycle } from "../../db/cycle.ts";
import type { Listing } from "../../db/listing.ts";
import { deliver, dropLetter, trimInbox, waitingLetters } from "../../db/mail.ts";
import type { Config } from "../../run/config_schema.ts";

/** What became of a cycle's mail. */
export interface Delivery {
  readonly delivered: number;
  /** What was for the dead. */
  readonly dropped: number;
}

/**
 * Delivers the mail of a cycle and marks its episodes as complete; call it inside a transaction, when nothing is due.
 *
 * Delivered is in the order of sender and line. What is for the dead is dropped and recorded as such; an inbox that
 * is full loses its oldest messages.
 *
 * @returns What became of the mail, or undefined if the cycle was not open.
 */
export function closeEpisodes(listing: Listing, cycle: number, config: Config["mail"]): Delivery | undefined {
  if (!judgeCycle(listing, cycle)) return undefined;
  const letters = waitingLetters(listing, cycle);
  const recipients = new Set<string>();
  let dropped = 0;
  for (const letter of letters) {
    if (letter.status === "active" || letter.status === "disabled") {
      deliver(listing, cycle, letter);
      recipients.add(letter.recipient);
    } else {
      dropLetter(listing, cycle, letter);
      dropped++;
    }
  }
  for (const recipient of recipients) trimInbox(listing, recipient, config.inbox);
  return { delivered: letters.length - dropped, dropped };
}
