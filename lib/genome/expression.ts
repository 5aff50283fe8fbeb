/**
 * Which genes genomes express: counted over many genomes, each distinct one decoded once.
 *
 * @module
 */

import { fromBytes } from "../runtime/genome_bytes.ts";
import { rangesOf } from "../runtime/parameters.ts";
import { fileRanges } from "./ranges.ts";
import type { Pool } from "./pool.ts";
import type { ParameterRange } from "../runtime/contract.ts";

/** What a genome says of the pool, by index into {@linkcode Expression}. */
export interface Expressed {
  /** 1 for each active gene of the pool, in the pool's order. */
  readonly genes: Uint8Array;
  /** 1 for each active file. */
  readonly files: Uint8Array;
  /** The own flag of each gene, which counts only while its file is active. */
  readonly flags: Uint8Array;
  /** Each number of a parameter, NaN where the genome has none. */
  readonly parameters: Float64Array;
}

interface Place {
  readonly name: string;
  readonly file: number;
}

/** Bytes of what is kept: a bound on memory, not on what can be counted. */
const most = 16 * 1024 * 1024;

/** Where a file of the pool, its genes and its parameters stand, by their names within the file. */
interface FilePlaces {
  readonly index: number;
  readonly genes: ReadonlyMap<string, number>;
  /** Where the numbers of each parameter begin, and the length of a list. */
  readonly parameters: ReadonlyMap<string, { readonly from: number; readonly length?: number }>;
}

/** Reads genomes against a pool. What the pool does not offer is passed over. */
export class Expression {
  readonly pool: Pool;
  readonly genes: readonly (Place & { readonly phase: string | null })[];
  readonly parameters: readonly Place[];
  /** Of each number of a parameter, in the order of {@linkcode parameters}. */
  readonly ranges: readonly ParameterRange[];
  readonly #files = new Map<string, FilePlaces>();
  readonly #known = new Map<string, Expressed | undefined>();
  readonly #kept: number;

  constructor(pool: Pool) {
    this.pool = pool;
    const genes: (Place & { phase: string | null })[] = [];
    const parameters: Place[] = [];
    for (const [file, { path, functions, parameters: ranges }] of pool.files.entries()) {
      const places = new Map<string, { from: number; length?: number }>();
      const first = genes.length;
      this.#files.set(path, {
        index: file,
        genes: new Map(functions.map(({ name }, i) => [name, first + i])),
        parameters: places,
      });
      for (const { name, phase } of functions) genes.push({ name: `${path}#${name}`, file, phase: phase ?? null });
      for (const parameter of ranges) {
        places.set(parameter.name, { from: parameters.length, length: parameter.length });
        for (const { name } of rangesOf(parameter)) parameters.push({ name: `${path}#${name}`, file });
      }
    }
    this.genes = genes;
    this.parameters = parameters;
    this.ranges = pool.files.flatMap((file) => fileRanges(file));
    this.#kept = most / (2 * genes.length + pool.files.length + 8 * parameters.length + 256);
  }

  /**
   * What a genome expresses, or `undefined` if its bytes are none.
   *
   * @param hash Of the bytes: a hash that was kept is not decoded again.
   */
  of(hash: string, bytes: () => Uint8Array | undefined): Expressed | undefined {
    if (this.#known.has(hash)) return this.#known.get(hash);
    const genome = bytes();
    const expressed = genome && this.#read(genome);
    // Each count goes through all genomes in one order, so the oldest would be dropped just before it is asked for.
    if (this.#known.size < this.#kept) this.#known.set(hash, expressed);
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
    const places = this.#files.get(String(file.path));
    if (!places) return;
    if (file.active === true) into.files[places.index] = 1;
    const functions = recordOf(file.functions), parameters = recordOf(file.parameters);
    for (const name of Object.keys(functions)) {
      const gene = places.genes.get(name);
      if (gene === undefined || functions[name] !== true) continue;
      into.flags[gene] = 1;
      if (file.active === true) into.genes[gene] = 1;
    }
    for (const name of Object.keys(parameters)) {
      const place = places.parameters.get(name);
      if (place !== undefined) readNumbers(parameters[name], place, into.parameters);
    }
  }
}

function readNumbers(value: unknown, { from, length }: { from: number; length?: number }, into: Float64Array): void {
  const numbers = length === undefined ? [value] : Array.isArray(value) ? value.slice(0, length) : [];
  for (const [at, number] of numbers.entries()) if (Number.isFinite(number)) into[from + at] = number;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
