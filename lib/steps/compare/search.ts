/**
 * What an arm finds, before one is chosen.
 *
 * @module
 */

import { drawViable, mostDraws } from "../../genome/draw.ts";
import { link } from "../../genome/link.ts";
import type { Config } from "../../run/config_schema.ts";
import { searchWorlds, type Worlds } from "../../run/unseen_worlds.ts";
import type { WorldSeed } from "../../runtime/contract.ts";
import { toBytes } from "../../runtime/genome_bytes.ts";
import { deriveSeed, stream } from "../../runtime/random.ts";
import type { Realm } from "../../twin/realm.ts";
import { runTwin } from "../../twin/run.ts";
import { mostRaced } from "./arms.ts";
import { agentsOf, type Bytes, type Order, sharesOf } from "./order.ts";
import type { Judge, Result } from "./judge.ts";

/** What was found. */
export interface Found {
  /** What may be the best, each once, those that are expected to be better first. */
  readonly genomes: readonly Bytes[];
  /** Judged episodes. */
  readonly episodes: number;
  readonly gestations: number;
  readonly lethal: number;
  /** Evaluations of a run, gestations among them, that a limit of the machine ended. */
  readonly limited: number;
  /** What it held to be the best, and when. */
  readonly trail: readonly { readonly episodes: number; readonly genome: Bytes }[];
}

/** Evolves by the configuration; by another selection where that is given. */
export async function evolved(
  realm: Realm,
  order: Order,
  { isRaced = true, count = order.count, selection, genomes }: {
    readonly isRaced?: boolean;
    readonly count?: number;
    readonly selection?: Partial<Config["selection"]>;
    /** What the first agents begin with. */
    readonly genomes?: readonly Bytes[];
  } = {},
): Promise<Found> {
  const { program, seed, config, active } = order;
  const own = selection ? { ...config, selection: { ...config.selection, ...selection } } : config;
  const { search } = sharesOf(order, program.pool.world, agentsOf({ ...order, config: own, count }), isRaced);
  // Where all newborn are lethal a cycle may come to no episode at all.
  const job = { seed, config: own, count, active, genomes, episodes: search, cycles: 10 * search };
  const { cycles, entrants, last } = await runTwin(program, realm, job);
  return {
    genomes: entrants,
    episodes: last.episodes,
    gestations: sumOf(cycles.map(({ gestations }) => gestations)),
    lethal: sumOf(cycles.map(({ lethal }) => lethal)),
    limited: sumOf(cycles.map(({ limited }) => limited)),
    trail: cycles.flatMap(({ episodes, best }) => best ? [{ episodes, genome: best.bytes }] : []),
  };
}

/** Draws genomes as `init` does, and judges each as in the first cycle. */
export function random(judge: Judge, order: Order): Found {
  const { program: { pool }, seed, config } = order;
  const { episodes, race } = sharesOf(order, pool.world, 0, true);
  const worlds = searchWorlds({ seed, settings: pool.world, config: config.world });
  const found = judged(judge, order, Math.floor((order.budget - race) / episodes), worlds);
  return { ...found, genomes: found.genomes.slice(0, mostRaced) };
}

/** As many random genomes as the population has agents, each in as many worlds as the whole budget has for it. */
export function bestOfMany(judge: Judge, order: Order, race: Worlds): Found {
  const { count, budget, program: { pool }, seed, config } = order;
  // Where there is nothing to race in, a score tells all at once.
  const worlds = race.count === 0
    ? searchWorlds({ seed, settings: pool.world, config: config.world })
    : race.at(0, Math.floor(budget / count));
  return judged(judge, order, count, worlds);
}

function judged(
  judge: Judge,
  { program: { pool }, seed, active }: Order,
  count: number,
  worlds: readonly WorldSeed[],
): Found {
  const drawn = Array.from({ length: count }, (_, index) => {
    const { genome } = drawViable(pool, stream(deriveSeed(seed, "genome", index)), active, mostDraws);
    return { bytes: toBytes(genome), isLethal: link(genome, pool) !== undefined };
  });
  const genomes = drawn.filter(({ isLethal }) => !isLethal).map(({ bytes }) => bytes);
  const results = judge.of("training", genomes, worlds);
  const places = [...genomes.keys()].filter((at) => results[at] !== undefined);
  const trail: { episodes: number; genome: Bytes }[] = [];
  let best: number | undefined;
  for (const at of places) {
    if (best !== undefined && byMerit(results, best, at) <= 0) continue;
    best = at;
    trail.push({ episodes: (at + 1) * worlds.length, genome: genomes[at]! });
  }
  return {
    genomes: distinct(places.sort((a, b) => byMerit(results, a, b)).map((at) => genomes[at]!)),
    episodes: genomes.length * worlds.length,
    gestations: 0,
    lethal: drawn.length - genomes.length,
    limited: 0,
    trail,
  };
}

function byMerit(results: readonly Result[], a: number, b: number): number {
  return results[a]!.violation - results[b]!.violation || results[b]!.score - results[a]!.score;
}

/** Each genome once, in their order. */
export function distinct(genomes: readonly Bytes[]): Bytes[] {
  return [...new Map(genomes.map((genome) => [genome.toHex(), genome])).values()];
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
