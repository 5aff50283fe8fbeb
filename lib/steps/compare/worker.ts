/**
 * Runs one arm once. Runs in a Worker without permissions.
 *
 * @module
 */

import type { ComparedRun, CurvePoint } from "../../records/compare.ts";
import { raceWorlds, testWorlds } from "../../run/unseen_worlds.ts";
import { race as raceAmong } from "../../selection/race.ts";
import { serve } from "../../step/worker.ts";
import { spread } from "../../tables/spread.ts";
import { Realm } from "../../twin/realm.ts";
import { sha256Now } from "../../util/hash_now.ts";
import { Judge, type Result } from "./judge.ts";
import type { Bytes, Order } from "./order.ts";
import { bestOfMany, distinct, evolved, type Found, random } from "./search.ts";

/** Points of a curve at most, and the test worlds that each is judged on. */
const [mostPoints, curveTests] = [10, 20];

let realm: Realm | undefined;

/** Does what is ordered. Needs no permission. */
export async function handle(order: Order): Promise<ComparedRun> {
  const { program, arm, seed, config } = order;
  if (realm?.text !== program.text) realm = new Realm(program);
  const judge = new Judge(realm, order);
  const facts = { seed, settings: program.pool.world, config: config.world };
  const race = raceWorlds(facts);
  const found = await foundBy(realm, judge, order);
  const [{ winner, episodes }, tests] = [await chosenOf(found), testWorlds(facts)];
  const result = winner && judge.of("test", [winner], tests.at(0, order.tests))[0];
  // What breaks what must hold is no result, whatever it scores.
  const score = result && result.violation === 0 ? result.score : null;
  const total = found.episodes + episodes;
  const curve = curveOf(found, (genomes) => judge.of("curve", genomes, tests.at(0, Math.min(order.tests, curveTests))));
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

  /** Where an arm is raced, the winner of a race with what is left of the budget; else what it holds to be the best. */
  async function chosenOf({ genomes, episodes }: Found): Promise<{ winner?: Bytes; episodes: number }> {
    const left = order.budget - episodes;
    if (!isRaced(arm) || race.count === 0) return { winner: genomes[0], episodes: 0 };
    let charged = 0;
    // Each of two or more plays at least once.
    const [first] = await raceAmong(genomes.slice(0, Math.max(1, left)), {
      episodes: left,
      play: (some, from, to) => {
        charged += some.length * (to - from);
        return Promise.resolve(judge.each(`race ${from}`, some, race.at(from, to)));
      },
    });
    return { winner: first?.entrant, episodes: charged };
  }

  async function foundBy(realm: Realm, judge: Judge, order: Order): Promise<Found> {
    switch (arm) {
      case "evolved":
        return await evolved(realm, order);
      case "drift":
        return await evolved(realm, order, { selection: { strategy: "none" } });
      case "one-plus-one":
        return await evolved(realm, order, {
          isRaced: false,
          count: 1,
          selection: { strategy: "one-plus-one", size: 2 },
        });
      case "warm-start":
        return await evolved(realm, order, { genomes: new Array(Math.ceil(order.count / 10)).fill(order.given) });
      case "random":
        return random(judge, order);
      case "best-of-n":
        return bestOfMany(judge, order, race);
      default:
        return { genomes: [order.given!], episodes: 0, gestations: 0, lethal: 0, limited: 0, trail: [] };
    }
  }
}

function isRaced(arm: Order["arm"]): boolean {
  return arm === "evolved" || arm === "random" || arm === "drift" || arm === "warm-start";
}

/** What an arm held to be the best, at some of the times at which it did. */
function curveOf({ trail }: Found, judge: (genomes: readonly Bytes[]) => readonly Result[]): CurvePoint[] {
  const points = spread(trail, mostPoints);
  const genomes = distinct(points.map(({ genome }) => genome));
  const results = judge(genomes);
  const scores = new Map(genomes.map((genome, i) => [genome.toHex(), results[i]]));
  return points.map(({ episodes, genome }) => {
    const result = scores.get(genome.toHex());
    return { episodes, score: result && result.violation === 0 ? result.score : null };
  });
}

serve(handle);
