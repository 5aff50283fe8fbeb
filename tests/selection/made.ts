/**
 * Candidates and what strategies are given, for tests.
 *
 * @module
 */

import fc from "fast-check";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import type { Candidate, Given, Islands, Strategy, Trial } from "../../lib/selection/strategy.ts";

/** An agent of this number with a fitness, as good as its number. */
export function candidate(ordinal: number, more: Partial<Candidate> = {}): Candidate {
  const fitness = "fitness" in more ? more.fitness : ordinal;
  const violation = more.violation ?? 0;
  return {
    id: `agent-${ordinal}`,
    genome: `genome-${ordinal}`,
    code: "code",
    build: "build",
    ordinal,
    born: 0,
    age: 3,
    island: 0,
    generation: 0,
    hasRankedGenome: true,
    fertile: true,
    energy: 10,
    parents: [],
    trials: fitness === undefined ? [] : [trial([fitness], { violation })],
    ...more,
    fitness,
    violation,
  };
}

/** An episode that came to this. */
export function trial(objectives: readonly number[], more: Partial<Trial> = {}): Trial {
  return { cycle: 3, instance: null, seed: "0", environment: "same", objectives, violation: 0, measures: {}, ...more };
}

/** So many agents, each better than the one before. */
export function population(count: number, more: (ordinal: number) => Partial<Candidate> = () => ({})): Candidate[] {
  return Array.from({ length: count }, (_, i) => candidate(i, more(i)));
}

/** Given these living: cycle 3, as many places. */
export function given(living: readonly Candidate[], more: Partial<Given> & { readonly seed?: string } = {}): Given {
  const { seed = "7", options, ...rest } = more;
  return {
    cycle: 3,
    living,
    doomed: [],
    archive: [],
    size: living.length,
    objectives: [],
    random: (purpose, ...numbers) => stream(deriveSeed(seed, "select", 3, purpose, ...numbers)),
    ...rest,
    options: { ...defaultConfig.selection, ...options },
  };
}

/** All that are shipped, by name. */
export async function allStrategies(): Promise<Map<string, Strategy>> {
  const folder = new URL("../../lib/selection/strategies/", import.meta.url);
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name.slice(0, -".ts".length)).sort();
  const modules = await Promise.all(names.map((name) => import(`${folder}${name}.ts`)));
  return new Map(names.map((name, i) => [name, modules[i].default as Strategy]));
}

/** The ids of the first parents of all births. */
export function firstParents({ births }: { readonly births: readonly { readonly parents: readonly string[] }[] }) {
  return births.map(({ parents }) => parents[0]);
}

/** An object in which nothing can be changed any more, to its depths. */
export function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(frozen);
  return value;
}

/** Few values, so that there are ties. */
const worth = fc.integer({ min: -2, max: 2 });

/** Agents of these numbers and of all kinds: sterile, failed, moved on, equal, infeasible. */
function anyCandidate(ordinal: number, objectives: number): fc.Arbitrary<Candidate> {
  return fc.record({
    objectives: fc.option(
      fc.array(fc.array(worth, { minLength: objectives, maxLength: objectives }), { minLength: 3, maxLength: 3 }),
      {
        nil: undefined,
      },
    ),
    violation: fc.constantFrom(0, 0, 0, 1, 2),
    born: fc.integer({ min: 0, max: 2 }),
    age: fc.integer({ min: 0, max: 60 }),
    island: fc.integer({ min: 0, max: 3 }),
    hasRankedGenome: fc.boolean(),
    fertile: fc.boolean(),
    energy: fc.constantFrom(0, 1, 5.5, 200),
    failure: fc.constantFrom(undefined, undefined, "agent" as const, "machine" as const),
  }).map(({ objectives: all, ...more }) =>
    candidate(ordinal, {
      ...more,
      fitness: all && all.reduce((sum, one) => sum + one[0]!, 0) / all.length,
      trials: (all ?? []).map((one, i) =>
        trial(one, { violation: more.violation, instance: i, measures: { size: one[0]! } })
      ),
    })
  );
}

/** Whatever a strategy may be given, for one that needs nothing but what is here. */
export const anyGiven: fc.Arbitrary<Given> = fc.record({
  count: fc.integer({ min: 0, max: 14 }),
  objectives: fc.integer({ min: 1, max: 3 }),
  seed: fc.string({ maxLength: 3 }),
  doomed: fc.integer({ min: 0, max: 3 }),
  archived: fc.integer({ min: 0, max: 3 }),
  size: fc.integer({ min: 0, max: 20 }),
  options: fc.record({
    tournamentSize: fc.integer({ min: 1, max: 5 }),
    elites: fc.constantFrom(0, 0.05, 0.3, 1),
    replacementFraction: fc.constantFrom(0, 0.3, 1),
    mates: fc.integer({ min: 0, max: 3 }),
    mu: fc.constantFrom(undefined, 1, 3, 30),
    descriptors: fc.constantFrom(undefined, [{ measure: "size", min: -1, max: 2, bins: 3 }]),
    layers: fc.constantFrom(undefined, { count: 3, ageGap: 4 }),
  }),
}).chain(({ count, objectives, seed, doomed, archived, size, options }) =>
  fc.tuple(...Array.from({ length: count + doomed + archived }, (_, i) => anyCandidate(i, objectives))).map((all) =>
    given(all.slice(doomed, doomed + count), {
      seed,
      size,
      doomed: all.slice(0, doomed),
      archive: all.slice(doomed + count).filter(({ fitness }) => fitness !== undefined)
        .map((one) => ({ ...one, id: `${one.id}@${one.genome}` })),
      options: options as Given["options"],
      objectives: Array.from({ length: objectives }, (_, i) => ({ name: `o${i}`, sense: "maximise" as const })),
    })
  )
);

/** Islands of all kinds. */
export const anyIslands: fc.Arbitrary<Islands> = fc.record({
  count: fc.integer({ min: 1, max: 5 }),
  topology: fc.constantFrom("ring", "complete", "none"),
  interval: fc.constantFrom(1, 3, 7),
  share: fc.constantFrom(0.1, 0.5, 1),
});
