/**
 * Islands: populations that are selected apart, with migrants between them.
 *
 * @module
 */

import { copyOf } from "./births.ts";
import { evenly, rankingOf, resultsOf } from "./population.ts";
import { pick } from "./random.ts";
import type { Birth, Candidate, Given, Islands, Ranking, Selected, Strategy } from "./strategy.ts";

/**
 * A strategy on each of `islands.count` islands, which share the places evenly. Each `interval` cycles copies of an
 * island's best take `share` of the places of the next one in the ring, or of any other (Cantú-Paz 2000, "Efficient and
 * accurate parallel genetic algorithms": the best migrate and are copied). Without migration they are runs of their own.
 *
 * @returns The same where no islands are configured.
 */
export function onIslands(strategy: Strategy): Strategy {
  return {
    ...strategy,
    select: (given) => (given.options.islands?.count ?? 1) < 2 ? strategy.select(given) : selectApart(strategy, given),
  };
}

/** What there is of one island. */
interface Island {
  readonly given: Given;
  readonly selected: Selected;
  /** Best first. */
  readonly ranking: readonly Ranking[];
}

function selectApart(strategy: Strategy, given: Given): Selected {
  const { living, doomed, cycle, size, options } = given;
  const settings = options.islands!;
  const parts = [...divided(given, settings)];
  const migrants = migrates(settings, cycle)
    ? parts.map(({ size }) => Math.min(size, Math.max(1, Math.round(settings.share * size))))
    : [];
  const islands = parts.map((part, i): Island => {
    const selected = strategy.select({ ...part, size: part.size - (migrants[i] ?? 0) });
    return { given: part, selected, ranking: selected.ranking ?? rankingOf(resultsOf(part), []) };
  });
  const known = new Map([...doomed, ...living].map((one) => [one.id, one]));
  const births = islands.map(({ selected }, island) =>
    [
      ...immigrants(given, islands, island, migrants[island] ?? 0).map((id) => copyOf(known.get(id)!)),
      ...selected.births,
    ].map((birth): Birth => ({ ...birth, island }))
  );
  const deaths = islands.flatMap(({ selected }) => selected.deaths);
  // An island may have more agents than its share while others of them take no part.
  const room = Math.max(0, size - (living.length - deaths.length));
  return {
    deaths,
    births: inTurn(births).slice(0, room),
    archive: islands.flatMap(({ selected }) => selected.archive),
    ranking: inTurn(islands.map(({ ranking }) => ranking)),
  };
}

function migrates({ topology, interval }: Islands, cycle: number): boolean {
  return topology !== "none" && cycle % interval === 0;
}

/** What each island is given, with streams of its own. */
function* divided(given: Given, { count }: Islands): Iterable<Given> {
  const on = (candidates: readonly Candidate[]) => Map.groupBy(candidates, ({ island }) => island % count);
  const living = on(given.living), doomed = on(given.doomed), archive = on(given.archive);
  for (const [island, size] of evenly(given.size, count).entries()) {
    yield {
      ...given,
      living: living.get(island) ?? [],
      doomed: doomed.get(island) ?? [],
      archive: archive.get(island) ?? [],
      size,
      random: (purpose, ...rest) => given.random(`${purpose} on an island`, island, ...rest),
    };
  }
}

/** Ids of so many that come to an island: the best of the one before it, or each the next best of any other. */
function immigrants({ random, options }: Given, islands: readonly Island[], island: number, count: number): string[] {
  const others = islands.map((_, i) => i).filter((i) => i !== island);
  const draw = random("migration", island);
  const before = (island + islands.length - 1) % islands.length;
  const taken = new Map<number, number>();
  const found: string[] = [];
  for (let i = 0; i < count; i++) {
    const from = options.islands!.topology === "ring" ? before : pick(others, draw);
    const at = taken.get(from) ?? 0;
    taken.set(from, at + 1);
    const next = islands[from]!.ranking[at];
    if (next) found.push(next.id);
  }
  return found;
}

/** The first of each list, then the second of each, and so on. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}
