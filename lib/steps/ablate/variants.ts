/**
 * A genome with some of its genes off: what that comes to in worlds that no cycle uses.
 *
 * @module
 */

import type { Field, Runnable, WorldSet } from "../../evaluation/field.ts";
import { type ActiveGene, activeGenes } from "../../genome/active.ts";
import { link } from "../../genome/link.ts";
import type { Pool } from "../../genome/pool.ts";
import { withoutGenes } from "../../genome/without.ts";
import { toBytes } from "../../runtime/genome_bytes.ts";
import type { Genome } from "../../runtime/genome_schema.ts";
import type { Played } from "../../selection/race.ts";
import { cutOf, type OpenField } from "../../toolchain/open_field.ts";
import type { PoolPrograms } from "../../toolchain/pool_programs.ts";
import { sha256 } from "../../util/hash.ts";

/** What a variant did; or how it ended, and why. */
export type Attempt =
  | { readonly played: Played }
  | { readonly played?: undefined; readonly ended: "lethal" | "failed"; readonly reason: string };

/** A genome of which genes can be switched off. */
export interface Ablated {
  /** The genes that are active without some. */
  genes(names: ReadonlySet<string>): readonly ActiveGene[];
  /** What the genome does without some genes in the first so many worlds. */
  play(names: ReadonlySet<string>, set: WorldSet, episodes: number): Promise<Attempt>;
}

/** What variants are made of. */
export interface VariantParts {
  readonly open: OpenField;
  readonly programs: PoolPrograms;
  readonly pool: Pool;
  /** The whole genome, fitted to the pool. */
  readonly whole: Runnable;
}

/** The variants of one genome: genes draw in each what they draw in the whole, so that chance makes no difference of its own. */
export class Variants implements Ablated {
  readonly #parts: VariantParts;

  constructor(parts: VariantParts) {
    this.#parts = parts;
    parts.open.add([parts.whole]);
  }

  get field(): Field {
    return this.#parts.open.field;
  }

  get pool(): Pool {
    return this.#parts.pool;
  }

  /** The genome without these genes. */
  genome(names: ReadonlySet<string>): Genome {
    const { whole: { genome } } = this.#parts;
    return names.size === 0 ? genome : withoutGenes(genome, names);
  }

  genes(names: ReadonlySet<string>): ActiveGene[] {
    return activeGenes(this.genome(names), this.pool);
  }

  async play(names: ReadonlySet<string>, set: WorldSet, episodes: number): Promise<Attempt> {
    const lethal = link(this.genome(names), this.pool);
    if (lethal) return { ended: "lethal", reason: lethal.message };
    const one = names.size === 0 ? this.#parts.whole : await this.#cut(this.genome(names));
    const played = await this.field.play(one, set, 0, episodes);
    return played ? { played } : { ended: "failed", reason: this.field.failures.get(one.genomeHash)! };
  }

  async #cut(genome: Genome): Promise<Runnable> {
    const { whole, programs, open } = this.#parts;
    const bytes = toBytes(genome);
    const genomeHash = await sha256(bytes);
    const cut = await cutOf(programs, { ...whole, genomeHash }, { bytes, genome });
    if (!cut) throw new Error("the present pool has its programs");
    open.add([cut]);
    return { ...cut, drawsAs: whole.genomeHash };
  }
}
