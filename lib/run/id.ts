/**
 * Ids of agents: UUIDs of version 8, derived from the run's seed.
 *
 * @module
 */

import { deriveSeed } from "../runtime/random.ts";

/** The id of an agent: of `init` by its index, of a birth by cycle and number. */
export function agentId(seed: string, ...name: readonly (string | number)[]): string {
  const digits = deriveSeed(seed, "agent", ...name);
  const variant = "89ab"[Number.parseInt(digits[16]!, 16) & 3];
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${
    digits.slice(20, 32)
  }`;
}

/** Whether a text has the form of an agent's id. */
export function isAgentId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
}
