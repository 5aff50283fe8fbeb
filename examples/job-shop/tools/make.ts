/**
 * Writes the generated instances of `data/` anew, with the least makespan that `solve.ts` finds for each.
 *
 * ```sh
 * deno run --allow-read=examples/job-shop --allow-write=examples/job-shop/data examples/job-shop/tools/make.ts
 * ```
 *
 * @module
 */

import { type Instance, parse } from "../world.ts";
import { lowerBound, solve } from "./solve.ts";

/** Durations are uniform from 1 to 99, each job visits all machines in an order by chance (Taillard 1993). */
const generated = { seed: 2026, train: 24, test: 24, sizes: [[10, 5], [6, 6], [10, 5], [10, 10]] } as const;

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

/** The least makespan of some runs with so many changes for each operation, and how many of them found it. */
export function bestOf(jobs: Instance["jobs"], runs: number, moves: number): { best: number; found: number } {
  const found = Array.from(
    { length: runs },
    (_, run) => solve(jobs, moves * jobs.flat().length / 2, randomOf(run + 1)),
  );
  const best = Math.min(...found);
  return { best, found: found.filter((makespan) => makespan === best).length };
}

function instances(kind: "train" | "test", random: () => number): Omit<Instance, "best">[] {
  return Array.from({ length: generated[kind] }, (_, i) => {
    const [jobs, machines] = generated.sizes[i % generated.sizes.length]!;
    return { name: `${kind}${i}`, jobs: Array.from({ length: jobs }, () => jobOf(machines, random)) };
  });
}

/** All machines in an order by chance (Fisher and Yates), each with a duration. */
function jobOf(machines: number, random: () => number): number[] {
  const order = Array.from({ length: machines }, (_, machine) => machine);
  for (let i = machines - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order.flatMap((machine) => [machine, 1 + Math.floor(random() * 99)]);
}

if (import.meta.main) {
  const flag = (name: string, otherwise: number) => {
    const at = Deno.args.indexOf(`--${name}`);
    return at < 0 ? otherwise : Number(Deno.args[at + 1]);
  };
  const [runs, moves] = [flag("runs", 5), flag("moves", 2000)];
  const folder = new URL("../data/", import.meta.url);
  for (const line of Deno.readTextFileSync(new URL("published.csv", folder)).trim().split("\n").slice(1)) {
    const [name, best] = line.split(",");
    const { jobs } = parse(Deno.readTextFileSync(new URL(`${name}.txt`, folder)));
    const found = bestOf(jobs, runs, moves);
    console.log(`${name}: ${found.best} by ${found.found} of ${runs} runs, published ${best}`);
  }
  const random = randomOf(generated.seed);
  for (const kind of ["train", "test"] as const) {
    let [agreed, proved] = [0, 0];
    const list = instances(kind, random);
    const lines = list.map((instance) => {
      const { best, found } = bestOf(instance.jobs, runs, moves);
      agreed += found;
      if (best === lowerBound(instance.jobs)) proved++;
      return JSON.stringify({ ...instance, best });
    });
    Deno.writeTextFileSync(new URL(`${kind}.ndjson`, folder), `${lines.join("\n")}\n`);
    console.log(`${kind}: ${agreed} of ${list.length * runs} runs found the best, ${proved} equal a lower bound`);
  }
}
