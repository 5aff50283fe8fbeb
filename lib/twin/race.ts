/**
 * The race of a twin's cycle: the same as that of a run on disk.
 *
 * @module
 */

import { raceInputs, raceName, raceStreams } from "../evaluation/cycle_race.ts";
import { limitsOf } from "../isolation/limits.ts";
import type { Config } from "../run/config_schema.ts";
import { mean, meansOf } from "../run/means.ts";
import { cycleRaceWorlds } from "../run/unseen_worlds.ts";
import type { JudgedEpisode } from "../runtime/contract.ts";
import { type Contender, type Part, racePlaces, racing, together } from "../selection/cycle_race.ts";
import type { Judged, TwinAgent } from "./agent.ts";
import type { Demands } from "./demands.ts";
import { type Bench, evaluated, type TwinResult } from "./evaluation.ts";
import type { Fitness } from "./fitness.ts";
import { type CycleFacts, trialsOf } from "./population.ts";

/** What came of a race. */
export interface TwinRace {
  /** Places of those that it has kept, by agent. */
  readonly places: ReadonlyMap<string, number>;
  readonly raced: readonly TwinResult[];
}

/** What races of a run are made with. */
export interface RaceParts {
  readonly bench: Bench;
  readonly config: Config;
  readonly fitness: Fitness;
  readonly demands: Demands;
}

/** A result that is raced. */
interface Racer extends Contender {
  readonly agent: TwinAgent;
  readonly judged: Judged;
}

/** The race of a cycle whose judged episodes are complete; it changes nothing of the agents. */
export function raceOf(parts: RaceParts, facts: CycleFacts, agents: readonly TwinAgent[]): TwinRace | undefined {
  const { bench, config, fitness, demands } = parts;
  const { race } = config.selection;
  if (!race) return undefined;
  const { realm, seed, world: settings } = bench;
  const { cycle } = facts;
  const random = raceStreams(seed, cycle);
  const racers = racing(agents.flatMap((agent) => racerOf(agent, facts, fitness)), race.first, random)
    .sort((a, b) => a.ordinal - b.ordinal);
  const worlds = cycleRaceWorlds({ seed, settings, config: config.world }, cycle, race.episodes);
  realm.share("worlds", JSON.stringify(worlds));
  const limits = limitsOf(bench.limits, Math.ceil(worlds.length / facts.worlds.length));
  const control = once(() => demands.control({ cycle, worlds }));
  const raced = racers.map(({ id, judged: { genotype } }) => {
    const asked = {
      id: raceName(id),
      kind: "judged",
      cycle,
      genotype,
      ...raceInputs,
      episodes: worlds.length,
    } as const;
    const result = evaluated({ ...bench, limits }, asked);
    if (!result.ok) control();
    return result;
  });
  const finished = racers.flatMap((racer, i) => {
    const result = raced[i]!;
    return result.ok ? [wholeOf(racer, result.judgements, parts, { ...facts, worlds })] : [];
  });
  return { places: racePlaces(finished.filter(isRanked), race.keep, random), raced };
}

function racerOf(agent: TwinAgent, { cycle, conditions }: CycleFacts, fitness: Fitness): Racer[] {
  const { id, ordinal, judged, isActive } = agent;
  if (!judged || !isActive || judged.cycle !== cycle || judged.conditions !== conditions) return [];
  const racer = { id, ordinal, agent, judged, violation: judged.violation, fitness: fitness(judged, agent) };
  return isRanked(racer) ? [racer] : [];
}

/** How it is to be compared by the episodes of the cycle and of its race together. */
function wholeOf(
  { id, ordinal, agent, judged }: Racer,
  judgements: readonly JudgedEpisode[],
  { bench: { world }, config, fitness }: RaceParts,
  facts: CycleFacts,
): Contender {
  const violation = mean(judgements.map(({ violation = 0 }) => violation));
  const measures = meansOf(judgements);
  const own = { score: mean(judgements.map(({ score }) => score)), violation, measures, episodes: judgements.length };
  const all: Part = together({ ...judged, episodes: judged.trials.length }, own);
  const further = trialsOf(facts, judgements, { violation, measures }, world, config.fitness);
  const result = { ...judged, ...all, trials: [...judged.trials, ...further] };
  return { id, ordinal, violation: all.violation, fitness: fitness(result, agent) };
}

function isRanked({ fitness }: Contender): boolean {
  return Number.isFinite(fitness);
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}
