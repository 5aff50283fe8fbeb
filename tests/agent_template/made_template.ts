/**
 * The default template in this process: its pool, genomes for it, and evaluations in its worlds.
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";
import { activeGenes } from "../../lib/genome/active.ts";
import { fromBytes, toBytes } from "../../lib/runtime/genome_bytes.ts";
import { defaultsOf, numbersOf, valuesOf } from "../../lib/runtime/parameters.ts";
import { catalogue } from "../../lib/genome/pool.ts";
import { readPool } from "../../lib/template/read_pool.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { fromBase64, toBase64 } from "../../lib/runtime/base64.ts";
import type { Agent, AgentReply, AgentRequest, Gene, WiredGene, WorldSeed } from "../../lib/runtime/contract.ts";
import { deriveSeed } from "../../lib/runtime/random.ts";
import { simulate } from "../runtime/simulate.ts";
import * as world from "../../agent_template/world.ts";

const folder = `${projectRoot}/agent_template`;

/** The pool of the default template. */
export const pool = await readPool(folder);

const modules = new Map<string, Readonly<Record<string, Gene>>>();
for (const { path } of pool.files) modules.set(path, await import(`../../agent_template/${path}`));

/** Genes by the name of their file, without folder and extension: all of them, or those that are named. */
export type Chosen = Readonly<Record<string, "all" | readonly string[]>>;

/** The name of an environment. */
export type Environment = keyof typeof world.world.environments;

/**
 * A genome with the chosen genes active, and those of phase `birth`; in canonical order.
 *
 * @param values Parameters such as `"rl.epsilon"`; absent: their defaults.
 */
export function genomeOf(chosen: Chosen, values: Readonly<Record<string, number>> = {}): Genome {
  const files = pool.files.map(({ path, functions, parameters }) => {
    const file = path.slice("src/".length, -".ts".length);
    const own = chosen[file];
    const isOn = (name: string, phase?: string) => phase === "birth" || own === "all" || own?.includes(name) === true;
    return {
      path,
      active: own !== undefined || functions.some(({ phase }) => phase === "birth"),
      functions: Object.fromEntries(functions.map(({ name, phase }) => [name, isOn(name, phase)])),
      parameters: Object.fromEntries(
        Object.entries(defaultsOf(parameters)).map(([name, start]) => [name, values[`${file}.${name}`] ?? start]),
      ),
    };
  });
  return genomeIn(textOf({ version: 1, files }));
}

/** A genome with every gene active. */
export function wholeGenome(values: Readonly<Record<string, number>> = {}): Genome {
  return genomeOf(Object.fromEntries(fileNames().map((name) => [name, "all"])), values);
}

/** The names of the gene files, without folder and extension. */
export function fileNames(): string[] {
  return pool.files.map(({ path }) => path.slice("src/".length, -".ts".length));
}

/** The agent that a genome makes: wired as in `mod.ts`. */
export function agentOf(genome: Genome): Agent {
  const genes = activeGenes(genome, pool);
  const phases: Record<string, WiredGene[]> = {};
  for (const gene of genes) {
    if (gene.phase === undefined) continue;
    const held = genome.files.find((file) => file.path === gene.file)!.parameters;
    const declared = pool.files.find((file) => file.path === gene.file)!.parameters;
    const parameters = valuesOf(declared, numbersOf(declared, held));
    const run = modules.get(gene.file)![gene.function]!;
    (phases[gene.phase] ??= []).push({ name: `${gene.file}#${gene.function}`, run, parameters });
  }
  return { wiring: { phases, active: genes.map((gene) => `${gene.file}#${gene.function}`) }, world };
}

/** Worlds of an environment, each with a layout of its own. */
export function worldsOf(environment: Environment, count: number, name: string | number = "tests"): WorldSeed[] {
  return Array.from({ length: count }, (_, index) => ({
    seed: deriveSeed("world", environment, name, index),
    layout: deriveSeed("layout", environment, name, index),
    environment: world.world.environments[environment],
    steps: world.world.steps,
  }));
}

/** A request for an evaluation of a genome. */
export function requestFor(genome: Genome, changed: Partial<AgentRequest> = {}): AgentRequest {
  return {
    version: 1,
    kind: "judged",
    token: "0".repeat(32),
    seed: deriveSeed("life"),
    worlds: [],
    genome: textOf(genome),
    pool: catalogue(pool),
    mates: [],
    past: { scores: [], present: [], bestScore: -1, best: null },
    memory: [],
    inbox: [],
    addresses: 0,
    ...changed,
  };
}

/** What an evaluation came to. */
export interface PreparedRequest {
  readonly reply: AgentReply;
  /** Scores of the episodes as they were judged. */
  readonly scores: readonly number[];
  /** The genome after it. */
  readonly genome: Genome;
}

/** Runs one evaluation and judges it; a genome in place of the agent is wired first. */
export function evaluated(
  genome: Genome,
  changed: Partial<AgentRequest> = {},
  agent = agentOf(genome),
): PreparedRequest {
  const { reply, judgement } = simulate(agent, requestFor(genome, changed));
  if (!judgement.ok) throw new Error(judgement.message);
  return {
    reply,
    scores: judgement.judgements.map(({ score }) => score),
    genome: reply.genome === null ? genome : genomeIn(reply.genome),
  };
}

/** The scores of a genome in each of some worlds. */
export function scoresOf(genome: Genome, worlds: readonly WorldSeed[]): readonly number[] {
  return evaluated(genome, { worlds }).scores;
}

/** A genome as a request holds it. */
export function textOf(genome: Genome): string {
  return toBase64(toBytes(genome));
}

/** The genome in a reply. */
export function genomeIn(text: string): Genome {
  return fromBytes(fromBase64(text)) as Genome;
}
