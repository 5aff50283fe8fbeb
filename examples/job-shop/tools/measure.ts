/**
 * Plays genomes on the instances that evolution never meets: the mean gap on those that are generated, its difference from that
 * of the first genome, and the makespans of the published ones.
 *
 * ```sh
 * deno task show best --run shop --format json > best.json
 * deno run --allow-read examples/job-shop/tools/measure.ts examples/job-shop/rules/mwkr.json best.json
 * ```
 *
 * With `--active` all genes of `src/offer.ts` are left out, so that schedules are active.
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

/** What a genome's schedule of an instance is worth. */
export interface Result {
  readonly gap: number;
  readonly makespan: number;
}

/** What a genome comes to on each of some instances. */
export async function resultsOf(shown: Shown, instances: readonly number[]): Promise<Result[]> {
  takesData(JSON.stringify({ data: readData() }));
  const agent = await agentOf(shown);
  const worlds = instances.map(worldOf);
  const token = deriveSeed("measure");
  const past = { scores: [], present: [], bestScore: null, best: null };
  const own = { genome: "", pool: { files: [] }, mates: [], past, memory: [], inbox: [], addresses: 0 };
  const { evidence } = evaluate(agent, { ...own, version: 1, kind: "judged", token, seed: token, worlds });
  const judged = judge(agent.world, { token, worlds, genes: 0, evidence });
  if (!judged.ok) throw new Error(judged.message);
  return judged.judgements.map(({ measures }) => ({ gap: measures.gap!, makespan: measures.makespan! }));
}

/** The data as `init` hands it in. */
export function readData(): world.Data {
  const read = (name: string) => Deno.readTextFileSync(new URL(`../data/${name}`, import.meta.url));
  const lines = (name: string) => read(name).trim().split("\n");
  const list = (name: string) => lines(name).map((line) => JSON.parse(line));
  const rows = lines("published.csv").slice(1).map((row) => row.split(","));
  const published = { name: rows.map(([name]) => name as world.Published), best: rows.map(([, best]) => Number(best)) };
  const texts = Object.fromEntries(published.name.map((name) => [name, read(`${name}.txt`)]));
  const generated = { train: list("train.ndjson"), test: list("test.ndjson") };
  return { ...texts as Record<world.Published, string>, ...generated, published };
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
  const generated = readData().test.length;
  let first: readonly number[] | undefined;
  for (const path of Deno.args.filter((argument) => argument !== "--active")) {
    const read = JSON.parse(Deno.readTextFileSync(path));
    const shown: Shown = Array.isArray(read) ? read[0] : read;
    const active = Deno.args.includes("--active");
    const genes = shown.genes.filter(({ gene }) => !active || !gene.startsWith("src/offer.ts#"));
    const results = await resultsOf({ ...shown, genes }, held);
    const gaps = results.map(({ gap }) => gap);
    const own = gaps.slice(0, generated);
    const makespans = results.slice(generated).map(({ makespan }) => makespan);
    console.log(
      `${path}: ${meanOf(own)} % on ${generated} test instances, ${meanOf(gaps.slice(generated))} % published`,
    );
    console.log(`  makespans of the published: ${makespans.join(", ")}`);
    if (first) console.log(`  less the first: ${meanOf(own.map((gap, i) => gap - first![i]!))}`);
    first ??= own;
  }
}
