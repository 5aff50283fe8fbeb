/**
 * One hash of a whole population, by which two runs are compared.
 *
 * @module
 */

import { createHash } from "node:crypto";

/** What of an agent counts, in this order: what evolution has made of it, and nothing of how it was built or when. */
export const digestFields = [
  "id",
  "status",
  "generation",
  "parents",
  "genomeHash",
  "score",
  "energy",
  "crashes",
] as const;

/** The agents of a population, added one after the other. */
export class PopulationDigest {
  readonly #hash = createHash("sha256");

  /** Adds an agent: a line of JSON that holds its {@linkcode digestFields}. */
  add(agent: Readonly<Record<(typeof digestFields)[number], unknown>>): void {
    const line = Object.fromEntries(digestFields.map((field) => [field, agent[field]]));
    this.#hash.update(`${JSON.stringify(line)}\n`);
  }

  /** SHA-256 of all lines, in 64 hexadecimal digits; nothing can be added any more. */
  hex(): string {
    return this.#hash.digest("hex");
  }
}
