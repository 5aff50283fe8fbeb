/**
 * Records of comparisons: of evolution with what it is to beat.
 *
 * @module
 */

import type { Objective } from "../runtime/contract.ts";
import type { ShownObjective } from "./objective.ts";
import type { RecordOf } from "./record.ts";

/** What an arm had found when so many episodes were judged. */
export interface CurvePoint {
  /** Episodes so far. */
  readonly episodes: number;
  /** Score on test worlds of what it would have chosen then; null: it had nothing. */
  readonly score: number | null;
}

/** One run of one arm. */
export interface ComparedRun {
  /** The arm's name. */
  readonly arm: string;
  /** The run's name, where it is one of the project. */
  readonly run?: string;
  /** The run's seed: runs of the same seed are a pair. */
  readonly seed: string;
  /** Mean score on test worlds of the genome that it chose, more is better; null: it found none that could be judged and breaks nothing. */
  readonly score: number | null;
  /** Judged episodes that it was charged for, those of its choice among them. */
  readonly episodes: number;
  /** Those of them that it chose by. */
  readonly raceEpisodes: number;
  /** Gestations, which are not charged. */
  readonly gestations: number;
  /** Genomes that were lethal, as they do not link; they are not judged and not charged. */
  readonly lethal: number;
  /** Evaluations that a limit of the machine ended: where there are any, another machine may come to something else. */
  readonly limited: number;
  /** SHA-256 of the genome that it chose; null where it chose none. */
  readonly genome: string | null;
  /** What it had found on the way. */
  readonly curve: readonly CurvePoint[];
}

/** What was compared, and with how much. */
export interface ComparisonSetup {
  /** Folder of the template. */
  readonly template: string;
  /** Judged episodes that each run of an arm that searches may be charged for. */
  readonly budget: number;
  /** Runs of each arm. */
  readonly seeds: number;
  /** Agents of the population. */
  readonly count: number;
  /** Worlds that a choice is judged on, for each seed. */
  readonly tests: number;
  /** Whether training has seen none of these. */
  readonly isUnseen: boolean;
  /** Whether choices are made by a race: not in a world without noise. */
  readonly isRaced: boolean;
  /** Arms that were left out, each with the reason. */
  readonly left: readonly string[];
  /** What scores stand for; absent where the world gives scores itself. */
  readonly objective?: Objective;
}

/** The beginning of a comparison. */
export interface CompareBegun extends RecordOf<"compare.begun", null>, ComparisonSetup {}

/** A run of an arm. */
export interface CompareRun extends RecordOf<"compare.run", null>, ComparedRun {
  /** The score as the world means it; absent where it gives scores itself. */
  readonly objective?: ShownObjective;
}

/** What the reference was worth beside an arm. */
export interface Against {
  /** Pairs of runs that have both a score. */
  readonly pairs: number;
  /** Mean of the reference's score less the arm's; null without a pair. */
  readonly difference: number | null;
  /** Lower bound of the interval of confidence 95 % of the difference; null: so few pairs give none. */
  readonly low: number | null;
  /** The upper bound. */
  readonly high: number | null;
  /** Two-sided p-value of the paired permutation test; null without a pair. */
  readonly p: number | null;
  /** The same by Holm over all arms. */
  readonly adjusted: number | null;
  /** Chance that a run of the reference does better than one of the arm, by Vargha and Delaney; null without a pair. */
  readonly superiority: number | null;
  /** What is shown of the reference at the level 0.05, by the adjusted value; null: nothing is. */
  readonly shown: "better" | "worse" | null;
  /** Pairs that would show a difference of the margin in 80 of 100 cases; null without a margin or a spread. */
  readonly pairsForMargin: number | null;
}

/** All runs of one arm. */
export interface ComparedArm {
  /** Its name. */
  readonly arm: string;
  /** How many runs it has. */
  readonly runs: number;
  /** Runs without a score, which no mean has in it. */
  readonly failed: number;
  /** Mean score; null where no run has one. */
  readonly mean: number | null;
  /** Lower bound of Student's interval of confidence 95 %; null of a single run. */
  readonly low: number | null;
  /** The upper bound. */
  readonly high: number | null;
  /** Mean of the episodes charged. */
  readonly episodes: number;
  /** Mean of the gestations. */
  readonly gestations: number;
  /** Mean of the lethal newborns. */
  readonly lethal: number;
  /** The reference beside it; null for the reference itself. */
  readonly against: Against | null;
}

/** An arm. */
export interface CompareArm extends RecordOf<"compare.arm", null>, ComparedArm {}
