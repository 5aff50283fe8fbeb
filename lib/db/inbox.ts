/**
 * What lies in an agent's inbox.
 *
 * @module
 */

import type { Listing } from "./listing.ts";
import type { Message } from "../runtime/contract.ts";

/** An inbox, as it stands in the listing. */
export interface Inbox {
  /** Messages in the order of their delivery; `from` is the sender's place in the order of creation. */
  readonly mail: readonly Message[];
  /** Hashes of the genomes of the other parents, in their order. */
  readonly mates: readonly string[];
  /** All of it as it lies in the agent's folder: one JSON object a line. */
  readonly text: string;
}

interface InboxRow {
  readonly kind: "mail" | "mate";
  readonly sender: string;
  readonly body: string;
  readonly ordinal: number | null;
  /** A mate's genome. */
  readonly bytes: Uint8Array | null;
}

const query = `SELECT i.kind, i.sender, i.body, a.ordinal, b.bytes FROM inboxes i
  LEFT JOIN agents a ON a.id = i.sender LEFT JOIN blobs b ON i.kind = 'mate' AND b.hash = i.body WHERE i.agent = ? ORDER BY i.position`;

/** The inbox of an agent. */
export function readInbox(listing: Listing, agent: string): Inbox {
  const mail: Message[] = [];
  const mates: string[] = [];
  let text = "";
  for (const { kind, sender, body, ordinal, bytes } of listing.all<InboxRow>(query, agent)) {
    if (kind === "mate") {
      mates.push(body);
      text += `${JSON.stringify({ kind, from: sender, genomeHash: body, genome: bytes?.toBase64() ?? null })}\n`;
    } else {
      const message = { from: ordinal ?? -1, body: JSON.parse(body) };
      mail.push(message);
      text += `${JSON.stringify({ kind, from: sender, body: message.body })}\n`;
    }
  }
  return { mail, mates, text };
}
