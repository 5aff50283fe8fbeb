/**
 * What an arm finds, before one is chosen.
 *
 * @module
 */

import { drawViable, mostDraws } from "../genome/draw.ts";
import { link } from "../genome/link.ts";
import type { Config } from "../run/config_schema.ts";
import { raceWorlds, searchWorlds } from "../run/unseen_worlds.ts";
import type { WorldSeed } from "../runtime/contract.ts";
import { toBytes } from "../runtime/genome_bytes.ts";
import { deriveSeed, stream } from "../runtime/random.ts";
import type { Realm } from "../twin/realm.ts";
import { runTwin } from "../twin/run.ts";
import type { Judge, Result } from "./judge.ts";
import { agentsOf, type Bytes, type Ground, mostRaced, type Plan, sharesOf } from "./plan.ts";

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
  ground: Ground & Plan,
  { isRaced = true, count = ground.count, selection, genomes }: {
    readonly isRaced?: boolean;
    readonly count?: number;
    readonly selection?: Partial<Config["selection"]>;
    /** What the first agents begin with. */
    readonly genomes?: readonly Bytes[];
  } = {},
): Promise<Found> {
  const { program, seed, config, active } = ground;
  const own = selection ? { ...config, selection: { ...config.selection, ...selection } } : config;
  const { search } = sharesOf(
    { ...ground, config: own },
    program.pool.world,
    agentsOf({ ...ground, config: own, count }),
    isRaced,
  );
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
export async function random(judge: Judge, ground: Ground): Promise<Found> {
  const { budget, program: { pool: { world: settings } }, seed, config } = ground;
  const { episodes, race } = sharesOf(ground, settings, 0, true);
  const worlds = searchWorlds({ seed, settings, config: config.world });
  return await judged(judge, ground, Math.floor((budget - race) / episodes), worlds);
}

/** As many random genomes as the population has agents, each in as many worlds as the whole budget has for it. */
export async function bestOfMany(judge: Judge, ground: Ground & Plan): Promise<Found> {
  const { count, budget, program: { pool: { world: settings } }, seed, config } = ground;
  const facts = { seed, settings, config: config.world };
  const race = raceWorlds(facts);
  // Where there is nothing to race in, a score tells all at once.
  const worlds = race.count === 0 ? searchWorlds(facts) : race.at(0, Math.floor(budget / count));
  return await judged(judge, ground, count, worlds);
}

/** A genome that was drawn, and what it came to. */
interface Drawn {
  readonly genome: Bytes;
  readonly result: NonNullable<Result>;
}

/** How many genomes are drawn at once: a bound on memory, as only the best of them are kept. */
const atOnce = 4096;

async function judged(
  judge: Judge,
  ground: Ground,
  count: number,
  worlds: readonly WorldSeed[],
): Promise<Found> {
  const trail: { episodes: number; genome: Bytes }[] = [];
  let best: Drawn[] = [];
  let asked = 0;
  for (let from = 0; from < count; from += atOnce) {
    const genomes = viable(ground, from, Math.min(count, from + atOnce));
    const results = await judge.of("training", genomes, worlds);
    let [first] = best;
    for (const [i, result] of results.entries()) {
      if (!result) continue;
      const one = { genome: genomes[i]!, result };
      best.push(one);
      if (first && byMerit(first, one) <= 0) continue;
      first = one;
      trail.push({ episodes: (asked + i + 1) * worlds.length, genome: one.genome });
    }
    asked += genomes.length;
    best = bestOf(best);
  }
  return {
    genomes: best.map(({ genome }) => genome),
    episodes: asked * worlds.length,
    gestations: 0,
    lethal: count - asked,
    limited: 0,
    trail,
  };
}

/** Genomes of these places as `init` draws them; those that do not link are left out. */
function viable({ program: { pool }, seed, active }: Ground, from: number, to: number): Bytes[] {
  const drawn = Array.from({ length: to - from }, (_, i) => {
    return drawViable(pool, stream(deriveSeed(seed, "genome", from + i)), active, mostDraws).genome;
  });
  return drawn.filter((genome) => link(genome, pool) === undefined).map(toBytes);
}

/** The best of all, each genome once. */
function bestOf(drawn: Drawn[]): Drawn[] {
  const each = new Map(drawn.sort(byMerit).map((one) => [one.genome.toHex(), one]));
  return [...each.values()].slice(0, mostRaced);
}

function byMerit({ result: a }: Drawn, { result: b }: Drawn): number {
  return a.violation - b.violation || b.score - a.score;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
