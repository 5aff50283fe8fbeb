/** Random genomes of the default template with random parameters besides, built, and random evaluations for them. */

import { projectRoot } from "../../lib/run/paths.ts";
import { Cutter } from "../../lib/toolchain/kit.ts";
import { Compiler } from "../../lib/toolchain/compile.ts";
import { handle } from "../../lib/toolchain/derive.ts";
import { prepareLayout } from "../../lib/toolchain/layout.ts";
import { readTemplate } from "../../lib/template/template_files.ts";
import { toBytes } from "../../lib/runtime/genome_bytes.ts";
import { drawViable } from "../../lib/genome/draw.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import type { AgentRequest } from "../../lib/runtime/contract.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { grouped, rangesOf } from "../../lib/runtime/parameters.ts";
import { catalogue, type Pool } from "../../lib/genome/pool.ts";
import { readPool } from "../../lib/template/read_pool.ts";
import { kindsPath, kindsText } from "./random_kinds.ts";
import { type Environment, pool as shipped, requestFor, textOf, worldsOf } from "../agent_template/made_template.ts";
import { world } from "../../agent_template/world.ts";

/** An evaluation for an artifact. */
export interface RandomEvaluation {
  /** Where its artifact lies. */
  readonly path: string;
  /** The request as JSON. */
  readonly line: string;
}

/**
 * Evaluations that are random in everything: genome, worlds, mates, mail, memory; half of them for extremes of parameters.
 *
 * @param folder An empty folder to build in.
 * @param seed The same evaluations for the same seed.
 */
export async function randomEvaluations(folder: string, count: number, seed: string): Promise<RandomEvaluation[]> {
  const pool = await randomPool(folder, stream(deriveSeed(seed, "kinds")));
  const genomes = Array.from(
    { length: count },
    (_, index) => genomeOf(pool, stream(deriveSeed(seed, "genome", index)), index),
  );
  const { paths } = await programsOf(folder, pool, genomes);
  return genomes.map((_, index) => {
    const random = stream(deriveSeed(seed, "request", index));
    return { path: paths[index]!, line: JSON.stringify(requestOf(pool, genomes, index, seed, random)) };
  });
}

/** Builds genomes of the template in a folder `template`: the path of each one's program, and what built it. */
export async function programsOf(
  folder: string,
  pool: Pool,
  genomes: readonly Genome[],
): Promise<{ paths: string[]; compiler: Compiler }> {
  const order = { pool, former: new Set<string>(), runtime: "runtime", genomes: genomes.map(toBytes) };
  const wirings = (await handle(order)).map((result) => {
    if (!result.ok || result.value.lethal) throw new Error("a genome that was drawn as viable is not");
    return result.value;
  });
  const layout = await prepareLayout(`${folder}/store`, await readTemplate(`${folder}/template`), pool, "runtime");
  const compiler = new Compiler(layout, pool);
  const distinct = [...new Map(wirings.map((wiring) => [wiring.key, wiring])).values()];
  for (const issue of (await compiler.compile(distinct)).values()) if (issue) throw new Error(issue.message);
  const cutter = new Cutter(await compiler.kit(), pool, "runtime");
  const paths = await Promise.all(genomes.map(async (genome) => {
    const cut = await cutter.cut(genome);
    const path = `${folder}/${cut.buildHash}.js`;
    await Deno.writeTextFile(path, cut.program);
    return path;
  }));
  return { paths, compiler };
}

type Random = () => number;

/** The default template with one more file, whose parameters are of random kinds, in a folder `template`. */
async function randomPool(folder: string, random: Random): Promise<Pool> {
  const template = `${folder}/template`;
  await Deno.mkdir(`${template}/src`, { recursive: true });
  for (const path of ["world.ts", ...shipped.files.map((file) => file.path)]) {
    await Deno.copyFile(`${projectRoot}/agent_template/${path}`, `${template}/${path}`);
  }
  await Deno.writeTextFile(`${template}/${kindsPath}`, kindsText(random));
  return await readPool(template);
}

function genomeOf(pool: Pool, random: Random, index: number): Genome {
  const { genome } = drawViable(pool, random, [0.3, 0.6, 0.95][index % 3]!, 1000);
  if (index % 2 === 0) return genome;
  const files = genome.files.map((file) => {
    const { parameters } = pool.files.find(({ path }) => path === file.path)!;
    const extreme = parameters.flatMap(rangesOf).map(({ min, max }) => random() < 0.5 ? min : max);
    return { ...file, parameters: grouped(parameters, extreme) };
  });
  return { ...genome, files };
}

function requestOf(pool: Pool, genomes: readonly Genome[], index: number, seed: string, random: Random): AgentRequest {
  const below = (end: number) => Math.floor(random() * end);
  const environments = Object.keys(world.environments) as Environment[];
  const gestation = index % 4 === 3;
  const scores = Array.from({ length: below(4) }, () => random() * 100);
  return requestFor(genomes[index]!, {
    pool: catalogue(pool),
    kind: gestation ? "gestation" : "judged",
    seed: deriveSeed(seed, "life", index),
    worlds: gestation ? [] : worldsOf(environments[below(environments.length)]!, 1 + below(3), `${seed} ${index}`),
    mates: gestation ? Array.from({ length: below(3) }, () => textOf(genomes[below(genomes.length)]!)) : [],
    past: { scores, present: scores.slice(0, 1), bestScore: Math.max(-1, ...scores), best: textOf(genomes[0]!) },
    inbox: Array.from({ length: below(4) }, () => ({
      from: below(9) - 1,
      body: Array.from({ length: below(16) }, () => (random() - 0.5) * 10 ** below(13)),
    })),
    addresses: below(5),
  });
}
