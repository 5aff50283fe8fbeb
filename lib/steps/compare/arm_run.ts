/**
 * One run of one arm.
 *
 * @module
 */

import { type Chosen, chosen } from "../../arms/choice.ts";
import { inRealm, Judge, type Result } from "../../arms/judge.ts";
import type { Bytes } from "../../arms/plan.ts";
import { bestOfMany, evolved, type Found, random } from "../../arms/search.ts";
import type { ComparedRun, CurvePoint } from "../../records/compare.ts";
import { testWorlds } from "../../run/unseen_worlds.ts";
import { spread } from "../../tables/spread.ts";
import type { Realm } from "../../twin/realm.ts";
import { sha256Now } from "../../util/hash_now.ts";
import type { Order } from "./order.ts";

/** Points of a curve at most, and the test worlds that each is judged on. */
const [mostPoints, curveTests] = [10, 20];

/** What a run came to, with the genome that it chose. */
export interface ArmRun {
  readonly run: ComparedRun;
  /** Absent where it chose none. */
  readonly winner?: Bytes;
}

/** Does what is ordered. Needs no permission. */
export async function armRun(realm: Realm, order: Order): Promise<ArmRun> {
  const judge = new Judge(order, inRealm(order, realm));
  const found = await foundBy(realm, judge, order);
  const choice: Chosen = isRaced(order.arm)
    ? await chosen(judge, order, found)
    : { winner: found.genomes[0], episodes: 0 };
  return { run: await judgedRun(judge, order, found, choice), winner: choice.winner };
}

/** What is said of a search and its choice, once the choice is judged on test worlds. */
export async function judgedRun(
  judge: Judge,
  { program, arm, seed, config, tests: count, curve: isCurved = true }: Omit<Order, "arm"> & { readonly arm: string },
  found: Found,
  { winner, episodes }: Chosen,
): Promise<ComparedRun> {
  const tests = testWorlds({ seed, settings: program.pool.world, config: config.world });
  const result = winner && (await judge.of("test", [winner], tests.at(0, count)))[0];
  // What breaks what must hold is no result, whatever it scores.
  const score = result && result.violation === 0 ? result.score : null;
  const total = found.episodes + episodes;
  const curveWorlds = tests.at(0, Math.min(count, curveTests));
  const curve = isCurved ? await curveOf(found, (genomes) => judge.of("curve", genomes, curveWorlds)) : [];
  return {
    arm,
    seed,
    score,
    episodes: total,
    raceEpisodes: episodes,
    gestations: found.gestations,
    lethal: found.lethal,
    limited: found.limited + judge.limited,
    genome: winner ? sha256Now(winner) : null,
    curve: [...curve, { episodes: total, score }],
  };
}

async function foundBy(realm: Realm, judge: Judge, order: Order): Promise<Found> {
  switch (order.arm) {
    case "evolved":
      return await evolved(realm, order);
    case "drift":
      return await evolved(realm, order, { selection: { strategy: "none", race: undefined } });
    case "one-plus-one":
      return await evolved(realm, order, {
        isRaced: false,
        count: 1,
        selection: { strategy: "one-plus-one", size: 2, race: undefined },
      });
    case "warm-start":
      return await evolved(realm, order, { genomes: new Array(Math.ceil(order.count / 10)).fill(order.given) });
    case "random":
      return await random(judge, order);
    case "best-of-n":
      return await bestOfMany(judge, order);
    default:
      return { genomes: [order.given!], episodes: 0, gestations: 0, lethal: 0, limited: 0, trail: [] };
  }
}

function isRaced(arm: Order["arm"]): boolean {
  return arm === "evolved" || arm === "random" || arm === "drift" || arm === "warm-start";
}

/** What an arm held to be the best, at some of the times at which it did. */
async function curveOf(
  { trail }: Found,
  judge: (genomes: readonly Bytes[]) => Promise<readonly Result[]>,
): Promise<CurvePoint[]> {
  const points = spread(trail, mostPoints);
  const genomes = [...new Map(points.map(({ genome }) => [genome.toHex(), genome])).values()];
  const results = await judge(genomes);
  const scores = new Map(genomes.map((genome, i) => [genome.toHex(), results[i]]));
  return points.map(({ episodes, genome }) => {
    const result = scores.get(genome.toHex());
    return { episodes, score: result && result.violation === 0 ? result.score : null };
  });
}
