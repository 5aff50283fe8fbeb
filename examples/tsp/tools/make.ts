/**
 * Writes `data/` anew: instances from a seed, and the shortest tours that `solve.ts` finds for all of them.
 *
 * ```sh
 * deno run --allow-read=examples/tsp --allow-write=examples/tsp/data examples/tsp/tools/make.ts
 * ```
 *
 * @module
 */

import { begin, type Instance } from "../world.ts";
import { solve } from "./solve.ts";
import { parseInstance } from "./tsplib.ts";

/** The instances that are generated: cities uniform over a square. */
const generated = { seed: 2026, cities: 100, side: 10_000, train: 64, test: 100 } as const;

const published = ["att48", "eil51", "berlin52", "st70", "eil76", "kroA100", "lin105"];

/** Random numbers in `[0, 1)` from a seed: mulberry32. */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The shortest of some runs, and how many of them found it. */
export function bestOf(instance: Omit<Instance, "best">, runs: number, moves: number): { best: number; found: number } {
  const data = { train: [{ ...instance, best: 1 }], test: [], tsplib: [] };
  const { distances } = begin({ data, instance: 0, random, layout: random, environment: {}, steps: 1, genes: 0 });
  const lengths = Array.from({ length: runs }, (_, run) => solve(distances, moves, randomOf(run + 1)).length);
  const best = Math.min(...lengths);
  return { best, found: lengths.filter((length) => length === best).length };
}

function random(): never {
  throw new Error("An instance has no chance in it.");
}

function instances(kind: "train" | "test", random: () => number): Omit<Instance, "best">[] {
  const { cities, side } = generated;
  const coordinates = () => Array.from({ length: cities }, () => Math.floor(random() * side));
  return Array.from(
    { length: generated[kind] },
    (_, i) => ({ name: `${kind}${i}`, x: coordinates(), y: coordinates() }),
  );
}

function write(kind: string, list: readonly Omit<Instance, "best">[], runs: number, moves: number): void {
  let agreed = 0;
  const lines = list.map((instance) => {
    const { best, found } = bestOf(instance, runs, moves);
    agreed += found;
    return JSON.stringify({ ...instance, best });
  });
  Deno.writeTextFileSync(new URL(`../data/${kind}.ndjson`, import.meta.url), `${lines.join("\n")}\n`);
  console.log(`${kind}: ${list.length} instances, ${agreed} of ${list.length * runs} runs found the shortest tour`);
}

if (import.meta.main) {
  const flag = (name: string, otherwise: number) => {
    const at = Deno.args.indexOf(`--${name}`);
    return at < 0 ? otherwise : Number(Deno.args[at + 1]);
  };
  const [runs, moves] = [flag("runs", 20), flag("moves", 10_000_000)];
  const random = randomOf(flag("seed", generated.seed));
  const [train, test] = [instances("train", random), instances("test", random)];
  const folder = new URL("../tsplib/", import.meta.url);
  const tsplib = published.map((name) => parseInstance(Deno.readTextFileSync(new URL(`${name}.tsp`, folder))));
  write("tsplib", tsplib, runs, moves);
  write("train", train, runs, moves);
  write("test", test, runs, moves);
}
