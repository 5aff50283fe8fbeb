/**
 * Records of a final race: its entrants, its winner, and what that is worth on worlds that nothing was chosen by.
 *
 * @module
 */

import type { Objective } from "../runtime/contract.ts";
import type { RecordOf } from "./record.ts";

/** Where a genome of a race comes from: an agent's score, an agent's best, the archive, the initial population. */
export type EntrantSource = "living" | "best" | "archive" | "founder";

/** A genome, and the agent that had it. */
export interface RacedGenome {
  /** The agent that had it. */
  readonly agent: string;
  /** Hash of the genome. */
  readonly genomeHash: string;
  /** Where it comes from. */
  readonly source: EntrantSource;
}

/** How a genome came off in a race. */
export interface EntrantReport extends RacedGenome {
  /** From 1, the winner. */
  readonly place: number;
  /** Episodes that it played before it was rejected. */
  readonly episodes: number;
  /** Mean over these, as the world means it; null where it failed or played none. */
  readonly score: number | null;
  /** Why it failed; absent where it did not. */
  readonly failure?: string;
}

/** What is to be expected of a genome. */
export interface Expected {
  /** Mean over the episodes, as the world means it. */
  readonly mean: number;
  /** Lower end of the interval of 95 %; null of one episode. */
  readonly low: number | null;
  /** Upper end of it. */
  readonly high: number | null;
  /** Episodes that it was judged in, each in another world. */
  readonly episodes: number;
  /** Mean over them: how far it breaks what must hold, 0 if nothing is broken. */
  readonly violation: number;
}

/** The best of the initial population: what choosing alone comes to, without evolution. */
export interface RaceControl extends RacedGenome {
  /** What is to be expected of it, in the same worlds; null where it failed. */
  readonly expected: Expected | null;
  /** How much more the winner has in the same worlds, in the sense of the objective, with its interval; null where either failed. */
  readonly gain: Pick<Expected, "mean" | "low" | "high"> | null;
}

/** What random search with a race found at a budget. */
export interface RandomSearch {
  /** Judged episodes that it might be charged for: as many as the run has spent, those of its final race among them. */
  readonly budget: number;
  /** Judged episodes that it was charged for, those of its race among them. */
  readonly episodes: number;
  /** Those of them that it chose by; 0 where chance has no part in scores. */
  readonly raceEpisodes: number;
  /** Random genomes that were judged. */
  readonly genomes: number;
  /** Genomes that were drawn besides and do not link; they are not charged. */
  readonly lethal: number;
  /** Genomes of which an evaluation was ended by a limit of the machine: another one may come to something else. */
  readonly limited: number;
  /** Hash of the genome that it chose; null where none could be judged. */
  readonly genomeHash: string | null;
}

/** What random search with a race comes to at the run's budget: what a search without evolution is worth. */
export interface RandomControl extends RandomSearch {
  /** What is to be expected of its choice, in the worlds in which the winner was judged; null where it failed. */
  readonly expected: Expected | null;
  /** How much more the winner has in the same worlds, in the sense of the objective, with its interval; null where either failed. */
  readonly gain: Pick<Expected, "mean" | "low" | "high"> | null;
  /** Whether no search has seen these worlds; where there are none, they are those of training. */
  readonly isUnseen: boolean;
}

/** What random search with a race found. */
export interface ControlsFound extends RecordOf<"controls.found", null>, RandomSearch {
  /** The bytes of the genome that it chose, in base64; null where none could be judged. */
  readonly genome: string | null;
}

/** What a final race came to. */
export interface RaceReport {
  /** The last closed cycle when it was run. */
  readonly cycle: number;
  /** The genome that it named. */
  readonly winner: RacedGenome;
  /** How many were compared. */
  readonly entrants: number;
  /** How they came off, the winner first. */
  readonly ranking: readonly EntrantReport[];
  /** Episodes that they played in the race; 0 where chance has no part in scores, so that their scores say all. */
  readonly raceEpisodes: number;
  /** What is to be expected of the winner; null where it failed, or nothing is unseen. */
  readonly expected: Expected | null;
  /** Why nothing is expected: `no unseen instance`, or how the winner failed; absent where something is. */
  readonly unexpected?: string;
  /** What the values are of; absent where the world gives scores itself. */
  readonly objective?: Objective;
  /** The best of the initial population; null where it is not known any more, or was of another template. */
  readonly control: RaceControl | null;
  /** Random search with a race at the run's budget; absent where it was not asked for. */
  readonly randomControl?: RandomControl;
}

/** The last final race, with what the winner is made of. */
export interface RaceInReport extends RaceReport {
  /** Names of the genes that are active in the winner; null where its genome is not kept. */
  readonly genes: readonly string[] | null;
  /** Values of the parameters of its active files by name; null where it is not kept. */
  readonly parameters: Readonly<Record<string, number>> | null;
}

/** How a genome came off in a race. */
export interface RaceEntrant extends RecordOf<"race.entrant", string>, EntrantReport {}

/** What a final race came to. */
export interface RaceFinished extends RecordOf<"race.finished", string>, Omit<RaceReport, "ranking"> {}

/** The record of a genome in a race. */
export function entrantRecord(one: EntrantReport): RaceEntrant {
  return { type: "race.entrant", id: one.agent, ok: one.failure === undefined, ...one };
}

/** The record of a race that is over. */
export function raceRecord({ ranking: _, ...report }: RaceReport): RaceFinished {
  return { type: "race.finished", id: report.winner.agent, ok: true, ...report };
}
