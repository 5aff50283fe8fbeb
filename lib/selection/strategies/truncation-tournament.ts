/**
 * The worst share dies, and those that stay compete to be parents.
 *
 * @module
 */

import { copyOf } from "../births.ts";
import type { Ranked } from "../order.ts";
import { elitesOf, fertileOf, filled, rankingOf, resultsOf } from "../population.ts";
import { shuffled } from "../random.ts";
import type { Candidate, Given, Selected, Strategy } from "../strategy.ts";
import { Tournament } from "../tournament.ts";

/**
 * Generations overlap: `replacementFraction` of the population dies, the worst first, and parents win tournaments among
 * those that stay. It selects twice, by truncation and by tournament, harder than either does.
 */
const truncationTournament: Strategy = {
  brief: "the worst die, the best are kept, parents win tournaments among those that stay",
  uses: ["tournamentSize", "elites", "replacementFraction", "race", "mates", "sterileParents"],
  select(given: Given): Selected {
    const { living, doomed, options, size } = given;
    const order = resultsOf(given);
    const elites = elitesOf(order, given);
    const fertile = fertileOf(order);
    const dying = order.length < 2 || fertile.length === 0 ? [] : worst(given, order, new Set(elites));
    const dead = new Set<Candidate>([...dying, ...doomed]);
    const copies = elites.filter((elite) => !elite.hasRankedGenome || dead.has(elite)).map(copyOf);
    const survivors = fertile.filter((one) => !dead.has(one));
    // If all of them die, their genomes are handed on nevertheless: otherwise no agent would ever be born again.
    const tournament = new Tournament(survivors.length > 0 ? survivors : fertile, options.tournamentSize);
    const births = filled(given, size - (living.length - dying.length), copies, tournament);
    const reason = `It was among the ${dying.length} that ranked last of ${living.length}.`;
    return {
      deaths: dying.map(({ id }) => ({ id, reason })),
      births,
      archive: [],
      ranking: tournament.counted(rankingOf(order, elites)),
    };
  },
};

export default truncationTournament;

/**
 * Those that die by rank: what has no result ranks below all that have one, what failed by its own fault below the rest,
 * and equals die by lot.
 */
function worst({ living, doomed, options, size, random }: Given, order: readonly Ranked[], spared: Set<Candidate>) {
  const wanted = Math.max(0, Math.round(options.replacementFraction * size) - doomed.length);
  const unranked = shuffled(living.filter(({ fitness }) => fitness === undefined), random("deaths"));
  const [own, others] = [true, false].map((own) => unranked.filter(({ failure }) => (failure === "agent") === own));
  const present = new Set<Candidate>(living);
  const last = order.filter((one) => present.has(one) && !spared.has(one)).reverse();
  return [...own!, ...others!, ...last].slice(0, wanted);
}
