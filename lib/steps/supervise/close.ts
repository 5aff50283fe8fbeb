/**
 * Ends the episodes of a cycle: delivers the mail and lets `select` begin.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import type { Config } from "../../run/config_schema.ts";

/** What became of a cycle's mail. */
export interface Delivery {
  readonly delivered: number;
  /** What was for the dead. */
  readonly dropped: number;
}

interface Letter {
  readonly sender: string;
  readonly line: number;
  readonly recipient: string;
  readonly body: string;
  readonly status: string | null;
}

/**
 * Delivers the mail of a cycle and marks its episodes as complete; call it inside a transaction, when nobody is due.
 *
 * Delivered is in the order of sender and line. What is for the dead is dropped and recorded as such; an inbox that
 * is full loses its oldest messages.
 *
 * @returns What became of the mail, or undefined if the cycle was not open.
 */
export function closeEpisodes(listing: Listing, cycle: number, config: Config["mail"]): Delivery | undefined {
  if (listing.run("UPDATE cycles SET state = 'judged' WHERE cycle = ? AND state = 'open'", cycle) === 0) {
    return undefined;
  }
  const letters = listing.all<Letter>(
    `SELECT o.sender, o.line, o.recipient, o.body, r.status FROM outbox o JOIN agents s ON s.id = o.sender
      LEFT JOIN agents r ON r.id = o.recipient
      WHERE o.cycle = ? AND o.state = 'waiting' ORDER BY s.ordinal, o.line`,
    cycle,
  );
  const recipients = new Set<string>();
  let dropped = 0;
  for (const letter of letters) {
    const reachable = letter.status === "active" || letter.status === "disabled";
    mark(listing, cycle, letter, reachable ? "delivered" : "dropped");
    if (!reachable) {
      dropped++;
      continue;
    }
    append(listing, letter);
    recipients.add(letter.recipient);
  }
  for (const recipient of recipients) {
    trim(listing, recipient, config.inbox);
    listing.run("INSERT INTO unwritten VALUES (?, 'inbox.ndjson') ON CONFLICT DO NOTHING", recipient);
  }
  return { delivered: letters.length - dropped, dropped };
}

function mark(listing: Listing, cycle: number, { sender, line }: Letter, state: string): void {
  listing.run("UPDATE outbox SET state = ? WHERE cycle = ? AND sender = ? AND line = ?", state, cycle, sender, line);
}

function append(listing: Listing, { sender, recipient, body }: Letter): void {
  listing.run(
    `INSERT INTO inboxes (agent, position, kind, sender, body)
      SELECT ?1, coalesce(max(position) + 1, 0), 'mail', ?2, ?3 FROM inboxes WHERE agent = ?1`,
    recipient,
    sender,
    body,
  );
}

function trim(listing: Listing, recipient: string, most: number): void {
  listing.run(
    `DELETE FROM inboxes WHERE agent = ?1 AND kind = 'mail' AND position NOT IN
      (SELECT position FROM inboxes WHERE agent = ?1 AND kind = 'mail' ORDER BY position DESC LIMIT ?2)`,
    recipient,
    most,
  );
}
