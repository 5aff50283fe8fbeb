/**
 * Plays genomes on the instances that evolution never meets: the mean gap on those that are generated, and its difference
 * from that of the first genome; the gap of each of TSPLIB's.
 *
 * ```sh
 * deno task show best --run tsp --format json > best.json
 * deno run --allow-read examples/tsp/tools/measure.ts examples/tsp/reference.json best.json
 * ```
 *
 * @module
 */

import type { Agent, ParameterValue, WiredGene, WorldSeed } from "../../../lib/runtime/contract.ts";
import { takesData } from "../../../lib/runtime/data.ts";
import { evaluate } from "../../../lib/runtime/evaluate.ts";
import { judge } from "../../../lib/runtime/judge.ts";
import { deriveSeed } from "../../../lib/runtime/random.ts";
import * as world from "../world.ts";

/** Active genes with their phases, and the parameters of each file: what `show --format json` gives of a genome. */
export interface Shown {
  readonly genes: readonly { readonly gene: string; readonly phase?: string }[];
  readonly parameters: Readonly<Record<string, Readonly<Record<string, ParameterValue>>>>;
}

/** The gap of a genome on each of some instances. */
export async function gapsOf(shown: Shown, instances: readonly number[], seed = "measure"): Promise<number[]> {
  takesData(JSON.stringify({ data: readData() }));
  const agent = await agentOf(shown);
  const worlds = instances.map((instance) => worldOf(instance));
  const token = deriveSeed(seed);
  const past = { scores: [], present: [], bestScore: null, best: null };
  const own = { genome: "", pool: { files: [] }, mates: [], past, memory: [], inbox: [], addresses: 0 };
  const { evidence } = evaluate(agent, { ...own, version: 1, kind: "judged", token, seed: token, worlds });
  const judged = judge(agent.world, { token, worlds, genes: 0, evidence });
  if (!judged.ok) throw new Error(judged.message);
  return judged.judgements.map(({ objectives }) => objectives![0]!);
}

/** The data as `init` hands it in: a list for each file. */
export function readData(): world.Data {
  const read = (name: string) =>
    Deno.readTextFileSync(new URL(`../data/${name}.ndjson`, import.meta.url)).trim().split("\n").map((line) =>
      JSON.parse(line)
    );
  return { train: read("train"), test: read("test"), tsplib: read("tsplib") };
}

function worldOf(instance: number): WorldSeed {
  const seed = deriveSeed("world", instance);
  return { seed, layout: seed, environment: {}, steps: world.world.steps, instance };
}

/** Genes that act in episodes, sorted by name in each phase. */
async function agentOf({ genes, parameters }: Shown): Promise<Agent> {
  const phases: Record<string, WiredGene[]> = {};
  for (const { gene, phase } of genes.toSorted((a, b) => a.gene < b.gene ? -1 : 1)) {
    if (phase === undefined || !(world.world.phases as readonly string[]).includes(phase)) continue;
    const [file, name] = gene.split("#") as [string, string];
    const { [name]: run } = await import(new URL(`../${file}`, import.meta.url).href);
    (phases[phase] ??= []).push({ name: gene, run, parameters: parameters[file] ?? {} });
  }
  return { world, wiring: { phases, active: genes.map(({ gene }) => gene).sort() } };
}

/** A mean with the half of its 95 % interval. */
function meanOf(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return `${mean.toFixed(2)} ± ${(1.96 * Math.sqrt(variance / values.length)).toFixed(2)}`;
}

if (import.meta.main) {
  const { train, test } = world.world.instances;
  const held = Array.from({ length: test }, (_, i) => train + i);
  let first: readonly number[] | undefined;
  for (const path of Deno.args) {
    const read = JSON.parse(Deno.readTextFileSync(path));
    const gaps = await gapsOf(Array.isArray(read) ? read[0] : read, held);
    const [generated, published] = [gaps.slice(0, 100), gaps.slice(100)];
    console.log(`${path}: ${meanOf(generated)} % on 100 test instances`);
    console.log(`  TSPLIB: ${published.map((gap) => gap.toFixed(2)).join(", ")}`);
    if (first) console.log(`  less the first: ${meanOf(generated.map((gap, i) => gap - first![i]!))}`);
    first ??= generated;
  }
}
