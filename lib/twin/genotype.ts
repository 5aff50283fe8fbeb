/**
 * Genomes of a twin: each distinct one is read, linked and put into words once.
 *
 * @module
 */

import { activeGenes } from "../genome/active.ts";
import { chooseGenes } from "../genome/choice.ts";
import { decodeGenome } from "../genome/codec.ts";
import { fitToPool } from "../genome/fit.ts";
import { link } from "../genome/link.ts";
import type { Pool } from "../genome/pool.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import { sha256Now } from "../util/hash_now.ts";
import type { Issue } from "../util/issue.ts";

/** A genome in the pool of a twin. */
export interface Genotype {
  /** SHA-256 of its bytes. */
  readonly hash: string;
  readonly bytes: Uint8Array;
  /** Why an agent with it is disabled: what it holds can't be used, or does not link. */
  readonly issue?: Issue;
  /** Fitted to the pool; absent where it can't be used. */
  readonly genome?: Genome;
  /** What it chooses of the pool, as JSON; empty where it can't be used. */
  readonly chosen: string;
  /** Active genes that cost something in each step. */
  readonly costing: number;
  /** Whether it has an active gene of phase `birth`. */
  readonly fertile: boolean;
}

/** No pool came before the one of a twin. */
const noNames: ReadonlySet<string> = new Set();

/** How many genomes are kept at most; a bound on memory. */
const most = 4096;

/** The genomes of one pool by their hashes. */
export class Genotypes {
  readonly #pool: Pool;
  readonly #known = new Map<string, Genotype>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** What a genome comes to. */
  of(bytes: Uint8Array): Genotype {
    const hash = sha256Now(bytes);
    const known = this.#known.get(hash);
    if (known) return known;
    if (this.#known.size >= most) this.#known.clear();
    const genotype = genotypeOf(hash, bytes, this.#pool);
    this.#known.set(hash, genotype);
    return genotype;
  }
}

function genotypeOf(hash: string, bytes: Uint8Array, pool: Pool): Genotype {
  const none = { hash, bytes, chosen: "", costing: 0, fertile: false };
  const decoded = decodeGenome(bytes);
  if (!decoded.ok) return { ...none, issue: decoded.issue };
  const fitted = fitToPool(decoded.value, pool, noNames);
  if (!fitted.ok) return { ...none, issue: fitted.issue };
  const { genome } = fitted.value;
  const { active, parameters, costing } = chooseGenes(genome, pool);
  return {
    hash,
    bytes,
    issue: link(genome, pool),
    genome,
    chosen: JSON.stringify({ active, parameters }),
    costing,
    fertile: activeGenes(genome, pool).some(({ phase }) => phase === "birth"),
  };
}
