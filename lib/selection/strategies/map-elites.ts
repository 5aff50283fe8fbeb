/**
 * MAP-Elites, for solutions that are good in different ways.
 *
 * @module
 */

import type { Random } from "../../runtime/random.ts";
import { cellOf } from "../grid.ts";
import { byMerit, rankable, type Ranked } from "../order.ts";
import { fertileOf, filledAtRandom, nextGeneration, rankingOf, resultsOf } from "../population.ts";
import { pick } from "../random.ts";
import type { Given, Selected, Strategy } from "../strategy.ts";
import { areComparable } from "../trials.ts";

/**
 * The archive has a cell for each combination of bins of the descriptors, and keeps the best that fell into it. Parents
 * are drawn from the filled cells, each as likely, and their children take the place of all agents; where there are no
 * parents random genomes do (Mouret and Clune 2015, "Illuminating search spaces by mapping elites").
 *
 * Where worlds differ from cycle to cycle, an elite and what challenges it were not in the same ones. None of them wins
 * then: the challenger stays, the elite is born again as a copy, and the next cycle compares them.
 */
const mapElites: Strategy = {
  brief: "an archive keeps the best of each kind, parents are drawn from all kinds, all agents are replaced",
  uses: ["descriptors", "mates", "sterileParents"],
  needs: { descriptors: true },
  select(given: Given): Selected {
    const results = resultsOf(given);
    const { archive, duels } = contest(given, results);
    const parents = fertileOf(archive);
    const children = { parents, draw: (random: Random) => pick(parents, random) };
    const most = Math.min(Math.max(1, given.size >> 2), given.size >> 1);
    const next = nextGeneration(
      given,
      duels.slice(0, most).flat(),
      children,
      "Its result is in the archive, or not the best of its kind.",
    );
    return { ...filledAtRandom(given, next), archive, ranking: rankingOf(results, archive) };
  },
};

export default mapElites;

/** The archive after this cycle; and pairs of a challenger and an elite that were not in the same worlds, best first. */
function contest({ archive, options }: Given, results: readonly Ranked[]) {
  const cell = (one: Ranked) => cellOf(one, options.descriptors ?? []);
  const evaluated = new Set(results.map(({ genome }) => genome));
  // A result of this cycle takes the place of what the same genome came to before.
  const cells = new Map(rankable(archive).filter((one) => !evaluated.has(one.genome)).map((one) => [cell(one), one]));
  const duels: [Ranked, Ranked][] = [];
  for (const [at, [best]] of Map.groupBy(results, cell)) {
    const elite = cells.get(at);
    if (elite && !areComparable(best!, elite)) duels.push([best!, elite]);
    else if (!elite || byMerit(best!, elite) < 0) cells.set(at, best!);
  }
  return { archive: [...cells.values()], duels };
}
