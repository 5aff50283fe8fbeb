import fc from "fast-check";
import type { Pool, PoolFile } from "../../lib/genome/pool.ts";
import type { PoolParameter } from "../../lib/runtime/contract.ts";
import { grouped, rangesOf } from "../../lib/runtime/parameters.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";

const world = {
  actions: ["stay", "go"],
  phases: ["sense", "think", "act"],
  steps: 10,
  episodes: 1,
  noisy: false,
  memory: "episode",
  environments: { plain: {} },
} as const;

const usual: readonly PoolParameter[] = [
  { name: "gain", min: -1, max: 1, default: 0, scale: "linear" },
  { name: "rate", min: 0.001, max: 10, default: 0.1, scale: "log" },
];

/** Parameters of each kind, sorted by name: numbers and lists. */
export const ofEachKind: readonly PoolParameter[] = [
  { name: "bits", min: 0, max: 1, default: 0, scale: "linear", kind: "boolean", length: 5 },
  { name: "count", min: -3, max: 300, default: 2, scale: "linear", kind: "integer" },
  { name: "flag", min: 0, max: 1, default: 1, scale: "linear", kind: "boolean" },
  {
    name: "moves",
    min: 0,
    max: 2,
    default: [2, 0],
    scale: "linear",
    kind: "choice",
    options: ["a", "b", "c"],
    length: 2,
  },
  { name: "rule", min: 0, max: 1, default: 1, scale: "linear", kind: "choice", options: ["first", "second"] },
  { name: "sizes", min: 1, max: 1e9, default: 10, scale: "log", kind: "integer", length: 3 },
  { name: "weights", min: -0.5, max: 0.5, default: 0.25, scale: "linear", length: 1 },
];

/** A gene file of a pool, for tests. */
export function madeFile(
  path: string,
  genes: Record<string, { phase?: string; calls?: string[] }>,
  parameters: readonly PoolParameter[] = usual,
): PoolFile {
  const functions = Object.entries(genes).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([name, { phase, calls = [] }]) => ({ name, phase, line: 1, lines: 3, complexity: 2, calls }));
  return { path, hash: "0".repeat(64), tokens: "0".repeat(64), imports: [], functions, parameters, lines: 20 };
}

/** A pool of these files, for tests. */
export function madePool(...files: PoolFile[]): Pool {
  return { hash: "0".repeat(64), files, world, worldHash: "0".repeat(64), worldSource: "0".repeat(64) };
}

/** Pools whose genes call each other at random. */
export const pools: fc.Arbitrary<Pool> = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })).chain(
  ([files, genes]) => {
    const names = Array.from({ length: files * genes }, (_, i) => `src/f${Math.floor(i / genes)}.ts#g${i}`);
    return fc.tuple(
      fc.array(fc.subarray(names, { maxLength: Math.min(2, names.length) }), {
        minLength: names.length,
        maxLength: names.length,
      }),
      fc.array(fc.constantFrom("birth", "sense", "act", undefined), {
        minLength: names.length,
        maxLength: names.length,
      }),
      fc.array(fc.subarray([...ofEachKind]), { minLength: files, maxLength: files }),
    ).map(([calls, phases, kinds]) =>
      madePool(...Array.from({ length: files }, (_, file) => {
        const own = names.map((name, i) => ({ name, i })).slice(file * genes, (file + 1) * genes);
        return madeFile(
          `src/f${file}.ts`,
          Object.fromEntries(own.map(({ i }) => [`g${i}`, { phase: phases[i], calls: [...calls[i]!].sort() }])),
          [...usual, ...kinds[file]!].sort((a, b) => a.name < b.name ? -1 : 1),
        );
      }))
    );
  },
);

/** Genomes of a pool. */
export function genomesOf(pool: Pool): fc.Arbitrary<Genome> {
  return fc.infiniteStream(fc.boolean()).map((flags) => {
    const flag = () => flags.next().value as boolean;
    return {
      version: 1,
      files: pool.files.map((file) => ({
        path: file.path,
        active: flag(),
        functions: Object.fromEntries(file.functions.map((gene) => [gene.name, flag()])),
        parameters: grouped(
          file.parameters,
          file.parameters.flatMap(rangesOf).map((range) => flag() ? range.default : flag() ? range.min : range.max),
        ),
      })),
    };
  });
}

/** A pool and a genome of it. */
export const poolsWithGenome: fc.Arbitrary<{ pool: Pool; genome: Genome }> = pools.chain((pool) =>
  genomesOf(pool).map((genome) => ({ pool, genome }))
);

const anyNumber = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger())
  .map((value) => value === 0 ? 0 : value);

/** Genomes of any names. */
export const genomes: fc.Arbitrary<Genome> = fc.record({
  version: fc.constant(1 as const),
  files: fc.uniqueArray(
    fc.record({
      path: fc.stringMatching(/^src\/[a-z_][a-z0-9_.-]{0,8}\.ts$/),
      active: fc.boolean(),
      functions: fc.dictionary(fc.stringMatching(/^_[A-Za-z0-9_$]{0,40}$/), fc.boolean(), { maxKeys: 20 }),
      parameters: fc.dictionary(
        fc.stringMatching(/^_[A-Za-z0-9_$]{0,40}$/),
        fc.oneof(anyNumber, fc.array(anyNumber, { minLength: 1, maxLength: 40 })),
        { maxKeys: 8 },
      ),
    }),
    { maxLength: 20, selector: (file) => file.path },
  ),
});
