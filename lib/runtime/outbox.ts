/**
 * What an agent sends in one cycle.
 *
 * @module
 */

import type { AgentReply } from "./contract.ts";
import { limits } from "./limits.ts";

/** Messages within the limits; all others are dropped. */
export class Outbox {
  readonly addresses: number;
  readonly sent: AgentReply["outbox"][number][] = [];

  /**
   * @param addresses How many agents can be written to.
   */
  constructor(addresses: number) {
    this.addresses = addresses;
  }

  /** Takes a message in; what a gene hands over is read once. */
  send(address: number, body: readonly number[]): void {
    if (!Number.isInteger(address) || address < 0 || address >= this.addresses) return;
    if (this.sent.length >= limits.messages || !Array.isArray(body)) return;
    const length = body.length;
    if (length > limits.body) return;
    const copy: number[] = [];
    for (let i = 0; i < length; i++) {
      const value: unknown = body[i];
      if (typeof value !== "number" || !(value >= -limits.mailed && value <= limits.mailed)) return;
      copy.push(value + 0);
    }
    this.sent.push({ address, body: copy });
  }
}
