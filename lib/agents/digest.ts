/**
 * One hash of a whole population, by which two runs are compared.
 *
 * @module
 */

import type { Hash } from "node:crypto";
import { sha256 } from "../util/hash.ts";
import { hashLibrary } from "../util/hash_now.ts";

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

/** Characters of which the hash is taken at once; of more it is taken as they come, by a module that takes long to load. */
const mostAtOnce = 16 * 1024 * 1024;

/** The agents of a population, added one after the other. */
export class PopulationDigest {
  readonly #most: number;
  #lines: string[] = [];
  #length = 0;
  #hash: Hash | undefined;

  /** @param most Characters that are kept; for tests. */
  constructor(most: number = mostAtOnce) {
    this.#most = most;
  }

  /** Adds an agent: a line of JSON that holds its {@linkcode digestFields}. */
  add(agent: Readonly<Record<(typeof digestFields)[number], unknown>>): void {
    const line = `${JSON.stringify(Object.fromEntries(digestFields.map((field) => [field, agent[field]])))}\n`;
    this.#lines.push(line);
    this.#length += line.length;
    if (this.#length <= this.#most) return;
    this.#hash ??= hashLibrary().createHash("sha256");
    this.#hash.update(this.#lines.join(""));
    [this.#lines, this.#length] = [[], 0];
  }

  /** SHA-256 of all lines, in 64 hexadecimal digits; nothing can be added any more. */
  async hex(): Promise<string> {
    const rest = this.#lines.join("");
    return this.#hash ? this.#hash.update(rest).digest("hex") : await sha256(rest);
  }
}
