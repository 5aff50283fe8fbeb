/**
 * Attacks by genomes: bytes that are no genome, or one that no pool allows.
 *
 * @module
 */

import { encode } from "@std/msgpack";
import { decodeGenome } from "../../lib/genome/codec.ts";
import { fitToPool } from "../../lib/genome/fit.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { wire } from "../../lib/wiring/wiring.ts";
import { madeFile, madePool } from "../genome/made_pool.ts";
import { type Attack, type Observed, stops } from "./attack.ts";
import { planted } from "./planted.ts";

/** An attack by a genome. */
export interface GenomeAttack {
  readonly goal: string;
  readonly way: string;
  readonly bytes: Uint8Array;
  /** Code of the issue that it must meet. */
  readonly by: string;
  /** The genome as a value, where the generated wiring would hold its names: tried on the wiring alone. */
  readonly wired?: Genome;
}

/** An attack by a genome, tried on the decoder, on the wiring, and in an agent's folder. */
export function genomeAttack({ goal, way, bytes, by, wired }: GenomeAttack): Attack {
  return {
    goal,
    way,
    alone: {
      decoding: { ...stops(by), run: () => Promise.resolve(decoded(bytes)) },
      ...(wired &&
        { bundle: { ...stops("these names can't stand in code"), run: () => Promise.resolve(wiredAs(wired)) } }),
    },
    shipped: { ...stops(by), run: planted({ plant: (folder) => Deno.writeFileSync(`${folder}/genome.bin`, bytes) }) },
  };
}

const eagerness = { name: "eagerness", min: 0, max: 1, default: 0.5, scale: "linear" } as const;
const pool = madePool({ ...madeFile("src/walker.ts", { stride: { phase: "act" } }), parameters: [eagerness] });

function decoded(bytes: Uint8Array): Observed {
  const genome = decodeGenome(bytes);
  if (!genome.ok) return { succeeded: false, how: `${genome.issue.code}: ${genome.issue.message}` };
  const fitted = fitToPool(genome.value, pool, new Set());
  if (!fitted.ok) return { succeeded: false, how: `${fitted.issue.code}: ${fitted.issue.message}` };
  return { succeeded: true, how: JSON.stringify(fitted.value) };
}

/** The wiring of a genome by a pool that offers whatever the genome names. */
function wiredAs(genome: Genome): Observed {
  const files = genome.files.map(({ path, functions }) =>
    madeFile(path, Object.fromEntries(Object.keys(functions).map((name) => [name, { phase: "act" }])))
  );
  try {
    return { succeeded: true, how: wire(genome, madePool(...files)).mod };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { succeeded: false, how: error.message };
  }
}

/** A genome of one file, whatever it is made of. */
export function oneFile(changes: Readonly<Record<string, unknown>>): Genome {
  const file = { path: "src/walker.ts", active: true, functions: { stride: true }, parameters: {}, ...changes };
  return { version: 1, files: [file as Genome["files"][number]] };
}

/** The bytes of any value, by an encoder that checks nothing. */
export function bytesOf(value: unknown): Uint8Array {
  return encode(value);
}
