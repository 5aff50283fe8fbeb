/**
 * Mail: letters wait in the outbox of a cycle, and lie in inboxes from when the cycle is judged until they are read.
 *
 * Call what writes inside a transaction.
 *
 * @module
 */

import type { Listing } from "./listing.ts";
import { markPending } from "./pending_files.ts";

/** A letter on its way. */
export interface Letter {
  readonly recipient: string;
  /** JSON list of numbers. */
  readonly body: string;
}

/** A letter that waits, in the order of its sender's. */
export interface WaitingLetter extends Letter {
  readonly sender: string;
  readonly line: number;
  /** The recipient's status; null where there is none of that id. */
  readonly status: string | null;
}

/** Lets the letters of one evaluation wait. */
export function post(listing: Listing, cycle: number, sender: string, letters: readonly Letter[]): void {
  letters.forEach(({ recipient, body }, line) =>
    listing.run(
      "INSERT INTO outbox (cycle, sender, line, recipient, body) VALUES (?, ?, ?, ?, ?)",
      cycle,
      sender,
      line,
      recipient,
      body,
    )
  );
}

/** The letters of a cycle that wait, in the order of sender and line. */
export function waitingLetters(listing: Listing, cycle: number): WaitingLetter[] {
  return listing.all<WaitingLetter>(
    `SELECT o.sender, o.line, o.recipient, o.body, r.status FROM outbox o JOIN agents s ON s.id = o.sender
      LEFT JOIN agents r ON r.id = o.recipient
      WHERE o.cycle = ? AND o.state = 'waiting' ORDER BY s.ordinal, o.line`,
    cycle,
  );
}

/** Lays a letter into its recipient's inbox. */
export function deliver(listing: Listing, cycle: number, letter: WaitingLetter): void {
  mark(listing, cycle, letter, "delivered");
  listing.run(
    `INSERT INTO inboxes (agent, position, kind, sender, body)
      SELECT ?1, coalesce(max(position) + 1, 0), 'mail', ?2, ?3 FROM inboxes WHERE agent = ?1`,
    letter.recipient,
    letter.sender,
    letter.body,
  );
}

/** Drops a letter that can't be delivered. */
export function dropLetter(listing: Listing, cycle: number, letter: WaitingLetter): void {
  mark(listing, cycle, letter, "dropped");
}

/** Leaves the newest letters in an inbox, so many at most, and has its file written. */
export function trimInbox(listing: Listing, agent: string, most: number): void {
  listing.run(
    `DELETE FROM inboxes WHERE agent = ?1 AND kind = 'mail' AND position NOT IN
      (SELECT position FROM inboxes WHERE agent = ?1 AND kind = 'mail' ORDER BY position DESC LIMIT ?2)`,
    agent,
    most,
  );
  markPending(listing, agent, "inbox.ndjson");
}

/** Empties an inbox of letters, or of mates' genomes: they have been read. Its file stays until the next ones come. */
export function emptyInbox(listing: Listing, agent: string, kind: "mail" | "mate"): void {
  listing.run("DELETE FROM inboxes WHERE agent = ? AND kind = ?", agent, kind);
}

function mark(listing: Listing, cycle: number, { sender, line }: WaitingLetter, state: "delivered" | "dropped"): void {
  listing.run("UPDATE outbox SET state = ? WHERE cycle = ? AND sender = ? AND line = ?", state, cycle, sender, line);
}
