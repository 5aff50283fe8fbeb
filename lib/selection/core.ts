/**
 * The plan of one selection: what a strategy decides, checked, with the deaths that do not depend on it. Pure.
 *
 * @module
 */

import { objectiveValue } from "../records/objective.ts";
import type { Objective } from "../runtime/contract.ts";
import { deriveSeed, stream } from "../runtime/random.ts";
import { StepFailed } from "../util/issue.ts";
import { onIslands } from "./islands.ts";
import { rankable, type Ranked, ranked } from "./order.ts";
import { demandReference } from "./reference.ts";
import { demandSize } from "./size.ts";
import type { Birth, Candidate, Given, Selected, SelectionOptions, Strategy } from "./strategy.ts";

/** An agent that dies whatever the strategy is, and why. */
export interface Doomed {
  readonly candidate: Candidate;
  readonly code: "died.disabled" | "died.energy";
  readonly reason: string;
}

/** What a plan is made from; it can be sent to a Worker. */
export interface PlanInput {
  /** The run's seed. */
  readonly seed: string;
  readonly cycle: number;
  /** How many agents the population has: births fill up to it. */
  readonly size: number;
  readonly options: SelectionOptions;
  readonly objectives: readonly Objective[];
  /** In order of creation, as all that follow. */
  readonly living: readonly Candidate[];
  readonly doomed: readonly Doomed[];
  /** How many agents take places besides: disabled in this cycle, not evaluated yet, or not chosen by `--ids`. */
  readonly others: number;
  readonly archive: readonly Candidate[];
}

/** One death. */
export interface Death {
  readonly id: string;
  /** Stable name of the reason. */
  readonly code: Doomed["code"] | "died.rank";
  /** The sentence that the agent's record and `explain` give. */
  readonly reason: string;
}

/** A birth, with its number in the cycle from 0. */
export interface PlannedBirth extends Omit<Birth, "parents"> {
  readonly number: number;
  /** First the one whose genome and artifact the newborn starts with; none of a random genome. */
  readonly parents: readonly Candidate[];
  readonly generation: number;
}

/** How one that was ranked came off. */
export interface RankEntry {
  readonly one: Ranked;
  /** From 1, the best. */
  readonly place: number;
  readonly elite: boolean;
  /** Tournaments for which it was drawn, and which it won; absent where the strategy holds none. */
  readonly tournaments?: { readonly drawn: number; readonly won: number };
}

/** Deaths and births of a cycle, how the ranked came off, best first, and what the strategy keeps. */
export interface Plan {
  readonly deaths: readonly Death[];
  readonly births: readonly PlannedBirth[];
  readonly rankEntries: readonly RankEntry[];
  readonly archive: readonly Candidate[];
}

/** Plans the deaths and births of a cycle; the same input gives the same plan. */
export function plan(input: PlanInput, strategy: Strategy): Plan {
  demandSize(strategy, input.options, input.size);
  demandReference(input.options, input.objectives);
  return planOf(input, onIslands(strategy).select(givenOf(input)), "the strategy");
}

/** What a strategy is given. */
export function givenOf({ seed, cycle, size, others, doomed, ...rest }: PlanInput): Given {
  return {
    ...rest,
    cycle,
    size: Math.max(0, size - others),
    doomed: doomed.map(({ candidate }) => candidate),
    random: (purpose, ...more) => stream(deriveSeed(seed, "select", cycle, purpose, ...more)),
  };
}

/**
 * The plan that follows from what a strategy decided.
 *
 * @param source What decided, for messages.
 * @throws {StepFailed} If it chose what it was not given, or more than there is room for.
 */
export function planOf(input: PlanInput, selected: Selected, source: string): Plan {
  const given = givenOf(input);
  const known = new Map([...input.archive, ...given.doomed, ...input.living].map((one) => [one.id, one]));
  const demand: Demand = demandOf(source);
  demand(typeof selected === "object" && selected !== null, "an object of deaths, births and archive");
  const deaths = deathsOf(input, selected, demand);
  const births = birthsOf(selected, known, demand);
  const room = Math.max(0, given.size - (input.living.length - deaths.length));
  demand(births.length <= room, `at most ${room} births where ${deaths.length} die: it gave ${births.length}`);
  return {
    deaths: [...input.doomed.map(({ candidate: { id }, code, reason }) => ({ id, code, reason })), ...deaths],
    births,
    rankEntries: rankEntriesOf(input, given, selected, demand),
    archive: archiveOf(selected, known, demand),
  };
}

type Demand = (holds: boolean, what: string) => asserts holds;

function demandOf(source: string): Demand {
  return (holds, what) => {
    if (holds) return;
    throw new StepFailed({ code: "plugin.answer", message: `Cannot select as ${source} must give ${what}.` });
  };
}

function deathsOf({ living, objectives: [objective] }: PlanInput, { deaths }: Selected, demand: Demand): Death[] {
  demand(Array.isArray(deaths), "deaths as a list");
  const left = new Map(living.map((one) => [one.id, one]));
  return deaths.map((death) => {
    const one = left.get(death?.id);
    demand(one !== undefined, "deaths of the living, each once");
    left.delete(one.id);
    demand(typeof death.reason === "string" && death.reason.length <= 1000, "a reason for each death");
    return { id: one.id, code: "died.rank", reason: `${death.reason}${measured(one, objective)}` };
  });
}

/** What it was ranked by, as the world means it where that is the score itself. */
function measured({ fitness, score }: Candidate, objective: Objective | undefined): string {
  if (fitness === undefined) return "";
  if (!objective || fitness !== score) return ` Its fitness was ${shown(fitness)}.`;
  return ` Its ${objective.name} was ${shown(objectiveValue(score, objective))}.`;
}

function shown(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** Most parents of a birth. */
const mostParents = 9;

function birthsOf({ births }: Selected, known: ReadonlyMap<string, Candidate>, demand: Demand): PlannedBirth[] {
  demand(Array.isArray(births), "births as a list");
  return births.map((birth, number) => {
    const { kind, island = 0, age = 0 } = birth ?? {};
    demand(kind === "birth" || kind === "copy" || kind === "random", "births of kind birth, copy or random");
    demand(isCount(island) && isCount(age), "an island and an age from 0 for each birth");
    const parents: Candidate[] = (Array.isArray(birth.parents) ? birth.parents : []).map((id: string) => {
      const one = known.get(id);
      demand(one !== undefined, "parents of those that it is given");
      return one;
    });
    if (kind === "random") demand(parents.length === 0, "a random genome without parents");
    else if (kind === "copy") demand(parents.length === 1, "a copy with one parent");
    else {
      demand(parents.length > 0 && parents.length <= mostParents, `a birth with 1 to ${mostParents} parents`);
      demand(parents[0]!.fertile, "a birth with a first parent that is fertile");
    }
    const generations = parents.map(({ generation }) => generation);
    const generation = kind === "copy" ? generations[0]! : Math.max(-1, ...generations) + 1;
    return { kind, number, parents, island, age, generation };
  });
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1_000_000_000;
}

function archiveOf({ archive }: Selected, known: ReadonlyMap<string, Candidate>, demand: Demand): Candidate[] {
  demand(Array.isArray(archive), "an archive as a list");
  const kept = new Map<string, Candidate>();
  for (const one of archive) {
    const own = known.get(one?.id);
    demand(own !== undefined, "an archive of those that it is given");
    const id = own.id.includes("@") ? own.id : `${own.id}@${own.genome}`;
    kept.set(id, { ...own, parents: own.parents, trials: own.trials, id });
  }
  return [...kept.values()];
}

function rankEntriesOf(input: PlanInput, given: Given, { ranking }: Selected, demand: Demand): RankEntry[] {
  const all = [...input.living, ...given.doomed];
  if (ranking === undefined) return ranked(all, given.random).map((one, i) => ({ one, place: i + 1, elite: false }));
  demand(Array.isArray(ranking), "a ranking as a list");
  const left = new Map(rankable(all).map((one) => [one.id, one]));
  const entries: RankEntry[] = [];
  for (const { id, elite = false, drawn, won = 0 } of ranking) {
    const one = left.get(id);
    if (!one) continue;
    left.delete(id);
    entries.push({
      one,
      place: entries.length + 1,
      elite,
      ...(drawn !== undefined && { tournaments: { drawn, won } }),
    });
  }
  for (const one of ranked([...left.values()], given.random)) {
    entries.push({ one, place: entries.length + 1, elite: false });
  }
  return entries;
}
