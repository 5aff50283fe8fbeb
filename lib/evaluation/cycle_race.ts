/**
 * The race of a cycle as the listing has it: which results are in it, and what came of it.
 *
 * @module
 */

import type { Listing } from "../db/listing.ts";
import type { Config } from "../run/config_schema.ts";
import { cycleRaceWorlds } from "../run/unseen_worlds.ts";
import { worldsOf } from "../run/worlds.ts";
import type { WorldSeed, WorldSettings } from "../runtime/contract.ts";
import { deriveSeed, stream } from "../runtime/random.ts";
import { type Contender, type Part, racePlaces, racing, together } from "../selection/cycle_race.ts";
import type { Given } from "../selection/strategy.ts";
import { weighing } from "../selection/weights.ts";
import { type KeptEpisodes, Trials } from "./trials.ts";

/** What the race of a cycle depends on. */
export interface CycleRaceFacts {
  /** The run's seed. */
  readonly seed: string;
  readonly cycle: number;
  readonly settings: WorldSettings;
  readonly config: Config;
  /** Hash of the conditions of its episodes. */
  readonly conditions: string;
}

/** An agent that has a result of the cycle. */
export interface Racer extends Contender {
  /** The genome that earned the result, and what it ran as. */
  readonly genomeHash: string;
  readonly codeHash: string;
  readonly reach: string | null;
  readonly buildHash: string;
  /** The content key of its wiring; null where the agent is another one by now. */
  readonly buildKey: string | null;
  /** How long its judged evaluation took, in milliseconds. */
  readonly lastMs: number;
  /** How its race ended; null where it has not. */
  readonly outcome: string | null;
}

interface Row extends Omit<Racer, "fitness">, Omit<KeptEpisodes, "cycle"> {
  readonly score: number;
  readonly metrics: string | null;
  readonly raceScore: number | null;
  readonly raceScores: string;
  readonly raceMeasures: string;
  readonly raceEpisodes: string | null;
  readonly raceViolation: number;
}

const query = `SELECT a.ordinal, a.id, a.metrics, e.genome_hash AS genomeHash, e.code_hash AS codeHash, e.reach,
    e.build_hash AS buildHash, CASE WHEN a.build_hash IS e.build_hash THEN a.build_key END AS buildKey,
    coalesce(e.wall_ms, 0) AS lastMs, e.score, e.violation, e.violation AS judged_violation, e.scores, e.measures, e.episodes,
    e.conditions, r.outcome, r.score AS raceScore, r.scores AS raceScores, r.measures AS raceMeasures,
    r.episodes AS raceEpisodes, r.violation AS raceViolation
  FROM agents a JOIN evaluations e ON e.agent = a.id AND e.kind = 'judged' AND e.cycle = ?1 AND e.score IS NOT NULL
  LEFT JOIN evaluations r ON r.agent = a.id AND r.kind = 'race' AND r.cycle = ?1 AND r.outcome IS NOT NULL
    AND r.genome_hash = e.genome_hash AND r.conditions = ?2
  WHERE a.status = 'active' AND a.stage = 'adult'
    AND coalesce(e.conditions = (SELECT value FROM meta WHERE key = 'conditions'), 1)
  ORDER BY a.ordinal`;

/** Those that are in the race of a cycle whose judged evaluations are complete; each with how its race ended. */
export function racersOf(listing: Listing, facts: CycleRaceFacts): Racer[] {
  const { race } = facts.config.selection;
  if (!race) return [];
  const results = new Results(facts);
  const all = listing.all<Row & Record<string, string | number | null>>(query, facts.cycle, facts.conditions);
  return racing(
    all.map((row) => ({ ...row, fitness: results.judged(row) })).filter(isRanked),
    race.first,
    random(facts),
  );
}

/** What came of the race of a cycle, for its selection and its record. */
export interface RaceOutcome {
  /** Places of those that it has kept, by agent. */
  readonly places: ReadonlyMap<string, number>;
  /** Those that were raced, in order of creation. */
  readonly raced: readonly { readonly id: string; readonly outcome: string; readonly score: number | null }[];
}

/** What came of the race of a cycle. */
export function raceOutcome(listing: Listing, facts: CycleRaceFacts): RaceOutcome {
  const { race } = facts.config.selection;
  if (!race) return { places: new Map(), raced: [] };
  const results = new Results(facts);
  const rows = listing.all<Row & Record<string, string | number | null>>(query, facts.cycle, facts.conditions)
    .filter(({ outcome }) => outcome !== null);
  const finished = rows.filter(({ raceScore }) => raceScore !== null).map((row) => results.whole(row));
  return {
    places: racePlaces(finished.filter(isRanked), race.keep, random(facts)),
    raced: rows.map(({ id, outcome, raceScore }) => ({ id, outcome: outcome!, score: raceScore })),
  };
}

/** The streams of a race; its worlds have numbers in place of words. */
export function raceStreams(seed: string, cycle: number): Given["random"] {
  return (purpose, ...rest) => stream(deriveSeed(seed, "race", cycle, purpose, ...rest));
}

function random({ seed, cycle }: CycleRaceFacts): Given["random"] {
  return raceStreams(seed, cycle);
}

/** What fitness gives no number is not ranked. */
function isRanked({ fitness }: Contender): boolean {
  return Number.isFinite(fitness);
}

/** Weighs results of the cycle alone, and with what their races came to. */
class Results {
  readonly #facts: CycleRaceFacts;
  readonly #weigh: ReturnType<typeof weighing>;
  readonly #judged: Trials;
  readonly #raced: Trials;

  constructor(facts: CycleRaceFacts) {
    const { seed, cycle, settings, config } = facts;
    const { world } = config;
    this.#facts = facts;
    this.#weigh = weighing(config.fitness);
    this.#judged = new Trials((of) => worldsOf(seed, of, settings, world), settings);
    const races: WorldSeed[] = cycleRaceWorlds(
      { seed, settings, config: world },
      cycle,
      config.selection.race!.episodes,
    );
    this.#raced = new Trials(() => races, settings);
  }

  /** Fitness of the judged episodes. */
  judged(row: Row): number {
    return this.#fitness(row, partOf(row), () => this.#trials(row));
  }

  /** How it is to be compared by the episodes of the cycle and of its race together. */
  whole(row: Row): Contender {
    const { id, ordinal, raceScore, raceMeasures, raceScores, raceViolation } = row;
    const raced = { score: raceScore!, violation: raceViolation, measures: raceMeasures, scores: raceScores };
    const all = together(partOf(row), partOf(raced));
    const trials = () => [...this.#trials(row), ...this.#raceTrials(row)];
    return { id, ordinal, violation: all.violation, fitness: this.#fitness(row, all, trials) };
  }

  #fitness({ metrics }: Row, { score, measures }: Part, trials: () => ReturnType<Trials["of"]>): number {
    return this.#weigh({
      score,
      measures,
      get metrics() {
        return JSON.parse(metrics ?? "{}");
      },
      get trials() {
        return trials();
      },
    });
  }

  #trials(row: Row) {
    return this.#judged.of({ ...row, cycle: this.#facts.cycle });
  }

  #raceTrials({ raceScores, raceMeasures, raceEpisodes, raceViolation, conditions }: Row) {
    const { cycle } = this.#facts;
    const kept = { scores: raceScores, measures: raceMeasures, episodes: raceEpisodes };
    return this.#raced.of({ cycle, conditions, ...kept, judged_violation: raceViolation });
  }
}

function partOf(row: Pick<Row, "score" | "violation" | "measures" | "scores">): Part {
  const { score, violation, measures, scores } = row;
  return { score, violation, measures: JSON.parse(measures), episodes: JSON.parse(scores).length };
}

/** What stands for an agent's id in the random streams of its race, which are not those of its judged episodes. */
export function raceName(id: string): string {
  return `race ${id}`;
}

/** What an evaluation in a race is given besides genome and worlds: nothing. */
export const raceInputs = {
  mates: [],
  past: { scores: [], present: [], bestScore: null, best: null },
  inbox: [],
  addresses: 0,
  memory: undefined,
} as const;
