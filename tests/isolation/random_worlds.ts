/** A template whose world is random in all that the contract lets a world choose, with genes that mistake much of it. */

import { drawViable } from "../../lib/genome/draw.ts";
import type { ActionSpace, AgentRequest, WorldSeed } from "../../lib/runtime/contract.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { readPool } from "../../lib/template/read_pool.ts";
import { requestFor } from "../agent_template/made_template.ts";
import { programsOf } from "./random_evaluations.ts";

/** A random world, with an agent that has all of its genes. */
export interface RandomWorld {
  /** Where the agent's program lies. */
  readonly path: string;
  /** Where the judge's program lies. */
  readonly judge: string;
  readonly requests: readonly AgentRequest[];
  /** The text of `world.ts`. */
  readonly text: string;
}

/**
 * Makes a template with a random world in a new folder, and builds an agent of it.
 *
 * @param seed The same world for the same seed.
 */
export async function randomWorld(folder: string, seed: string): Promise<RandomWorld> {
  const random = stream(deriveSeed(seed, "world")), template = `${folder}/template`;
  const text = worldText(random);
  await Deno.mkdir(`${template}/src`, { recursive: true });
  await Deno.writeTextFile(`${template}/world.ts`, text);
  await Deno.writeTextFile(`${template}/src/wild.ts`, genesText(random));
  const pool = await readPool(template);
  const { genome } = drawViable(pool, random, 1, 1000);
  const { paths: [path], compiler } = await programsOf(folder, pool, [genome]);
  const judge = `${folder}/judge.js`;
  await Deno.writeTextFile(judge, await compiler.judge());
  const { instances, randomness, memory, steps } = pool.world;
  const requests = [0, 1].map((cycle) => {
    const worlds = Array.from({ length: 1 + below(random, 3) }, (_, episode): WorldSeed => ({
      seed: deriveSeed(seed, "seed", cycle, episode),
      layout: deriveSeed(seed, "layout"),
      environment: pool.world.environments.plain!,
      steps,
      ...(instances !== undefined && { instance: below(random, 7) }),
    }));
    const kept = memory === "lifetime" && cycle > 0;
    return requestFor(genome, {
      seed: deriveSeed(seed, "life", cycle),
      worlds,
      memory: kept ? [["src/wild.ts", "kept", [0.5, -0, 1e-9]], ["src/wild.ts", "list", 4]] : [],
      ...(randomness === "genome" && { genomeSeed: deriveSeed(seed, "genome") }),
    });
  });
  return { path: path!, judge, requests, text };
}

type Random = () => number;

/** How many numbers the world holds at most. */
const most = 9;

/** The text of its `world.ts`: the same for the same numbers. */
export function worldText(random: Random): string {
  const half = () => random() < 0.5;
  const noisy = half(), hasInstances = half();
  const settings = {
    action: spaceOf(random),
    ...(half() && { observation: { worth: 1, held: 2 + below(random, most - 1), step: 1 } }),
    ...(half() && { probes: 1 + below(random, 12) }),
    ...(half() && {
      objectives: Array.from(
        { length: 1 + below(random, 3) },
        (_, at) => ({ name: `o${at}`, sense: half() ? "minimise" : "maximise" }),
      ),
    }),
    ...(hasInstances && { instances: { train: 5, test: 2 } }),
    ...(half() && { randomness: "genome" }),
    phases: ["sense", "ask", "act", "learn"],
    steps: 3 + below(random, 12),
    ...((noisy || !hasInstances) && { episodes: 1 + below(random, 3) }),
    noisy,
    memory: half() ? "lifetime" : "episode",
    environments: { plain: { wind: random() - 0.5 } },
  };
  const tells = half(), answers = half();
  return `import type { Setup, WorldSettings } from "evolve/contract";

export const world = ${JSON.stringify(settings)} as const satisfies WorldSettings;

interface State {
  readonly random: () => number;
  readonly wind: number;
  readonly held: number[];
  readonly taken: (readonly number[])[];
  worth: number;
}

export function begin({ random, layout, environment, instance, genes }: Setup): State {
  const held = Array.from({ length: ${most} }, (_, at) => (random() - layout()) * Math.exp(at - 4) + instance / 7);
  return { random, wind: environment.wind!, held, taken: [], worth: Math.tanh(genes) };
}

export function perceive({ worth, held, taken }: State): Readonly<Record<string, number | readonly number[]>> {
  return { worth, ${
    settings.observation ? `held: held.slice(0, ${settings.observation.held}), ` : ""
  }step: taken.length };
}
${
    tells
      ? `
export function inform({ held, wind }: State) {
  return { held, nested: [[wind], held.map((one) => Math.cbrt(one))], more: { count: held.length } };
}
`
      : ""
  }${
    settings.probes
      ? `
export function probe({ held, worth }: State, point: number | readonly number[]) {
  const parts = typeof point === "number" ? [point] : point;
  const value = parts.reduce((sum, part, at) => sum / 3 + Math.sin(part - held[at % held.length]!), worth);
  return parts.length % 3 === 0 ? { value } : { value, slope: typeof point === "number" ? Math.cos(point) : parts.map(Math.atan) };
}
`
      : ""
  }
export function act(state: State, action: number | readonly number[]): number {
  const parts = typeof action === "number" ? [action] : action;
  for (const [at, part] of parts.entries()) {
    const place = at % state.held.length;
    state.held[place] = Math.sin(state.held[place]! + part * state.wind) + state.random() / 8;
  }
  state.taken.push(parts.slice(0, 4));
  state.worth = Math.log1p(state.held.reduce((sum, one) => sum + Math.abs(one), 0)) + Math.hypot(...parts.slice(0, 3));
  return Math.sin(state.worth);
}

export function finished({ held, taken }: State): boolean {
  return taken.length > 1 && held[0]! > 0.9;
}

export function judge({ held, worth, taken }: State) {
  const mean = held.reduce((sum, one) => sum + one, 0) / held.length;
  const measures = { mean, taken: taken.length };
  ${
    settings.objectives
      ? `const objectives = { ${
        settings.objectives.map(({ name }, at) => `${name}: Math.atan(worth - ${at}) * ${10 ** at}`).join(", ")
      } };
  return mean < 0 ? { objectives, measures, violation: -mean } : { objectives, measures };`
      : "return { score: Math.abs(worth), measures };"
  }
}
${
    answers
      ? `
export function answer({ taken, held }: State) {
  return { taken, last: held.map(String), none: null };
}
`
      : ""
  }`;
}

/** The text of a gene file for such a world: what its genes do is mostly none of what they should. */
export function genesText(random: Random): string {
  const length = 1 + below(random, 6);
  return `import type { GeneContext } from "evolve/contract";

type Context = GeneContext<Record<string, number>, Record<string, number | readonly number[]>>;

const LENGTH = ${length};

/** @phase sense */
export function look(context: Context): void {
  const all: number[] = [];
  for (const value of Object.values(context.perception)) all.push(...(typeof value === "number" ? [value] : value));
  for (const value of Object.values((context.instance ?? {}) as Record<string, unknown>)) {
    if (Array.isArray(value)) all.push(...value.flat().slice(0, LENGTH));
  }
  context.emit("all", all);
  context.emit("first", all[0] ?? 0);
  context.emit(context.random() < 0.5 ? "all" : "either", wild(context));
  if (context.actions > 0) context.vote(Math.floor(context.random() * (context.actions + 2)) - 1, context.reward + wild(context));
}

/** @phase ask */
export function ask(context: Context): void {
  let found = 0;
  for (let tries = 0; tries < 3; tries++) {
    const probed = context.probe(context.random() < 0.4 ? wild(context) : listOf(context));
    const slope = probed?.slope ?? [];
    found = found / 2 + (probed?.value ?? -1) + (typeof slope === "number" ? slope : slope.length);
  }
  context.emit("found", found + context.probesLeft);
}

/** @phase act */
export function decide(context: Context): number | ArrayLike<number> | undefined {
  const chosen = context.random();
  if (chosen < 0.1) return undefined;
  if (chosen < 0.4) return wild(context);
  if (chosen < 0.5) return Float64Array.from(listOf(context));
  return chosen < 0.7 ? context.vector("all") : listOf(context);
}

/** @phase learn */
export function keep(context: Context): void {
  const before = context.recallVector("kept");
  context.remember("kept", [...before.slice(-5), context.reward, ...context.lastActions.slice(0, 3)]);
  context.remember(context.random() < 0.5 ? "one" : "kept2", context.signal("found") + context.signal("all", 2));
  context.remember("list", context.vector("all").slice(0, 6).concat(wild(context)));
  context.remember("mixed", context.random() < 0.5 ? context.recall("list", 3) : context.vector("first", [1, 2]));
}

/** @phase end */
export function close(context: Context): void {
  context.remember("end", context.vector("all").concat(context.recallVector("kept"), context.total, context.lastActions.length));
}

function listOf(context: Context): number[] {
  const length = context.random() < 0.7 ? LENGTH : Math.floor(context.random() * 12);
  return Array.from({ length }, () => wild(context));
}

function wild(context: Context): number {
  const odd = [0, -0, NaN, Infinity, -1, 1e300, 5e-324, 0.5, -2.5, 4294967296];
  return context.random() < 0.4 ? odd[Math.floor(context.random() * odd.length)]! : (context.random() - 0.5) * 8;
}
`;
}

function spaceOf(random: Random): ActionSpace {
  const length = 1 + below(random, 6);
  switch (below(random, 4)) {
    case 0:
      return { space: "discrete", count: 2 + below(random, 9) };
    case 1:
      return { space: "discrete", names: Array.from({ length: 2 + below(random, 5) }, (_, at) => `a${at}`) };
    case 2:
      return { space: "multiDiscrete", counts: Array.from({ length }, () => 2 + below(random, 6)) };
    default:
      return boxOf(random, length);
  }
}

function boxOf(random: Random, length: number): ActionSpace {
  const integer = random() < 0.5;
  const number = (at: number) => integer ? Math.floor(at) : at;
  const lows = Array.from({ length }, () => number(random() * 6 - 6)), spans = lows.map(() => number(1 + random() * 6));
  const inside = lows.map((low, at) => number(low + random() * spans[at]!));
  const space = {
    space: "box" as const,
    length,
    low: random() < 0.5 ? lows : Math.min(...lows),
    high: lows.map((low, at) => low + spans[at]!),
  };
  return { ...space, ...(integer && { integer }), ...(random() < 0.5 && { default: inside }) };
}

function below(random: Random, end: number): number {
  return Math.floor(random() * end);
}
