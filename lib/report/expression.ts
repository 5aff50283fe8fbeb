/**
 * Which genes genomes express: counted over many genomes, each distinct one decoded once.
 *
 * @module
 */

import { fromBytes } from "../genome/bytes.ts";
import type { Pool } from "../genome/pool.ts";

/** What a genome says of the pool, by index into {@linkcode Expression}. */
export interface Expressed {
  /** 1 for each active gene of the pool, in the pool's order. */
  readonly genes: Uint8Array;
  /** 1 for each active file. */
  readonly files: Uint8Array;
  /** The own flag of each gene, which counts only while its file is active. */
  readonly flags: Uint8Array;
  /** The value of each parameter, NaN where the genome has none. */
  readonly parameters: Float64Array;
}

interface Place {
  readonly name: string;
  readonly file: number;
}

// About 1 kB each with a pool of thirty genes: a bound on memory, not on what can be counted.
const kept = 4096;

/** Reads genomes against a pool. What the pool does not offer is passed over. */
export class Expression {
  readonly pool: Pool;
  readonly genes: readonly (Place & { readonly phase: string | null })[];
  readonly parameters: readonly Place[];
  readonly #files = new Map<string, number>();
  readonly #genes = new Map<string, number>();
  readonly #parameters = new Map<string, number>();
  readonly #known = new Map<string, Expressed | undefined>();

  constructor(pool: Pool) {
    this.pool = pool;
    const genes: (Place & { phase: string | null })[] = [];
    const parameters: Place[] = [];
    for (const [file, { path, functions, parameters: ranges }] of pool.files.entries()) {
      this.#files.set(path, file);
      for (const gene of functions) {
        this.#genes.set(`${path}#${gene.name}`, genes.length);
        genes.push({ name: `${path}#${gene.name}`, file, phase: gene.phase ?? null });
      }
      for (const range of ranges) {
        this.#parameters.set(`${path}#${range.name}`, parameters.length);
        parameters.push({ name: `${path}#${range.name}`, file });
      }
    }
    this.genes = genes;
    this.parameters = parameters;
  }

  /**
   * What a genome expresses, or `undefined` if its bytes are none.
   *
   * @param hash Of the bytes: a hash seen lately is not decoded again.
   */
  of(hash: string, bytes: () => Uint8Array | undefined): Expressed | undefined {
    if (this.#known.has(hash)) return this.#known.get(hash);
    const genome = bytes();
    const expressed = genome && this.#read(genome);
    if (this.#known.size >= kept) this.#known.delete(this.#known.keys().next().value!);
    this.#known.set(hash, expressed);
    return expressed;
  }

  #read(bytes: Uint8Array): Expressed | undefined {
    let genome: unknown;
    try {
      genome = fromBytes(bytes);
    } catch {
      return undefined; // What is wrong with it is for `scan` to say, which disables the agent.
    }
    if (!isRecord(genome) || !Array.isArray(genome.files)) return undefined;
    const expressed = {
      genes: new Uint8Array(this.genes.length),
      files: new Uint8Array(this.pool.files.length),
      flags: new Uint8Array(this.genes.length),
      parameters: new Float64Array(this.parameters.length).fill(NaN),
    };
    for (const file of genome.files) if (isRecord(file)) this.#readFile(file, expressed);
    return expressed;
  }

  #readFile(file: Record<string, unknown>, into: Expressed): void {
    const index = this.#files.get(String(file.path));
    if (index === undefined) return;
    if (file.active === true) into.files[index] = 1;
    for (const [name, on] of entries(file.functions)) {
      const gene = this.#genes.get(`${file.path}#${name}`);
      if (gene === undefined || on !== true) continue;
      into.flags[gene] = 1;
      if (file.active === true) into.genes[gene] = 1;
    }
    for (const [name, value] of entries(file.parameters)) {
      const parameter = this.#parameters.get(`${file.path}#${name}`);
      if (parameter !== undefined && Number.isFinite(value)) into.parameters[parameter] = value as number;
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function entries(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}
