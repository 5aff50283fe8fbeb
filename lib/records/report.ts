/**
 * Records of a report: the run as a whole, genes, steps, ends and leaders.
 *
 * @module
 */

import type { ParameterRange } from "../runtime/contract.ts";
import type { Cause } from "./cause.ts";
import type { CycleRace } from "./cycle.ts";
import type { StageTimes } from "./finished.ts";
import type { ObjectiveScores, ShownObjective } from "./objective.ts";
import type { RecordOf } from "./record.ts";
import type { ScoreReport } from "./report_cycle.ts";

/** How many have something, such as an outcome or a reason. */
export interface Tally {
  /** What it is. */
  readonly name: string;
  /** What it is due to; null for what is no failure. */
  readonly cause: Cause | null;
  /** How many. */
  readonly count: number;
}

/** What a genome is expected to score in the worlds of another cycle, apart from luck and from those in which it was judged. */
export interface ScoreEstimate {
  /** The mean. */
  readonly mean: number;
  /** Lower bound of the interval of about 95 %. */
  readonly low: number;
  /** Upper bound. */
  readonly high: number;
  /** Evaluations of the genome that it is from, of all agents that had it. */
  readonly count: number;
}

/** One of the agents of which most is expected. */
export interface LeaderReport {
  /** The agent's id. */
  readonly id: string;
  /** Its status. */
  readonly status: string;
  /** Its score; null where it has none. */
  readonly score: number;
  /** The same as the world means it; absent where it gives scores itself. */
  readonly objective?: ShownObjective;
  /** How far what it did breaks what must hold; absent where nothing is broken. */
  readonly violation?: number;
  /** Cycles that the score is the mean of. */
  readonly cycles: number;
  /** What is expected of its genome, in scores; absent where no genome came to two different scores. */
  readonly estimate?: ScoreEstimate;
  /** 0 for agents that `init` made. */
  readonly generation: number;
  /** The cycle that it was born in. */
  readonly born: number;
  /** Ids of its parents, the first of which gave the genome that it began with. */
  readonly parents: readonly string[];
  /** Means of the measures of its last judged evaluation with that genome; absent where that is not kept. */
  readonly measures?: Readonly<Record<string, number>>;
  /** Hash of its genome. */
  readonly genomeHash: string;
  /** Names of the genes that are active in that genome; null where it is not kept. */
  readonly genes: readonly string[] | null;
  /** Values of the parameters of its active files by name, such as `src/rl.ts#rate`; null where it is not kept. */
  readonly parameters: Readonly<Record<string, number>> | null;
}

/** What came of the race within a cycle. */
export interface CycleRaceReport extends CycleRace {
  /** The cycle. */
  readonly cycle: number;
}

/** The active agents that no other dominates in the objectives of the world. */
export interface FrontReport {
  /** Active agents that were compared, by their last evaluations. */
  readonly agents: number;
  /** Those that are on the front: feasible, and no other is as good in all objectives and better in one. */
  readonly count: number;
  /** What the front dominates beyond `selection.reference`; null without it, and where it would take too long. */
  readonly hypervolume: number | null;
  /** The front, at most 100 of it, the best in the first objective first. */
  readonly points: readonly FrontPoint[];
}

/** An agent on the front. */
export interface FrontPoint {
  /** The agent's id. */
  readonly id: string;
  /** Means of the objectives by name, as the world means them. */
  readonly objectives: Readonly<Record<string, number>>;
}

/** What the archive of the strategy holds. */
export interface ArchiveReport {
  /** Cells that there are, by `selection.descriptors`. */
  readonly cells: number;
  /** Those that hold something feasible. */
  readonly filled: number;
  /** `filled / cells`. */
  readonly coverage: number;
  /** Sum over the filled cells of the fitness of what they hold; null where one is below 0, so that an empty cell would be better. */
  readonly qdScore: number | null;
  /** What is kept, at most 100 of it, best first. */
  readonly elites: readonly EliteReport[];
}

/** What a cell of the archive holds. */
export interface EliteReport {
  /** The agent that earned it. */
  readonly id: string;
  /** Hash of the genome. */
  readonly genomeHash: string;
  /** Its fitness; null where it has none. */
  readonly fitness: number | null;
  /** Means of the measures that the descriptors name. */
  readonly measures: Readonly<Record<string, number>>;
}

/** Evaluations of the last cycle of which something is to be known. */
export interface MarkedReport {
  /** How many they are. */
  readonly evaluations: number;
  /** Of so many. */
  readonly of: number;
  /** Id of the agent of one of them. */
  readonly agent: string;
}

/** The run in a few numbers. */
export interface SummaryReport {
  /** The run's name, null for the one at the top of the project. */
  readonly run: string | null;
  /** The run's seed. */
  readonly seed: string | null;
  /** Number of the last cycle, 0 before the first. */
  readonly cycle: number;
  /** Active agents. */
  readonly active: number;
  /** Disabled agents. */
  readonly disabled: number;
  /** Dead agents. */
  readonly dead: number;
  /** Raw random genomes that `init` drew. */
  readonly draws: number;
  /** Those of them that linked. */
  readonly viable: number;
  /** `viable / draws`, null where nothing was drawn. */
  readonly viableShare: number | null;
  /** Distinct genomes of the active agents. */
  readonly genomes: number;
  /** Evaluations with a result, judged evaluations alone. */
  readonly evaluations: number;
  /** Evaluations ended by a limit of the machine. */
  readonly limited: number;
  /** Best, median and mean score of the last closed cycle; null without one. */
  readonly score: ScoreReport | null;
  /** The same as values of the present world's first objective; absent where it gives scores itself. */
  readonly objective?: ObjectiveScores;
  /** Cycles whose world had another first objective than the present one; absent where there are none. */
  readonly otherObjective?: number;
  /** Those of the last cycle with actions that were missing or out of a declared space; absent where there are none. */
  readonly invalid?: MarkedReport;
  /** Those of the last cycle in which a gene drew a random number though the world is not noisy; absent where there are none. */
  readonly drew?: MarkedReport;
  /** The cycle in which the genome of the best agent was first judged, or its agent was born; absent where there is none. */
  readonly found?: number;
  /** What must not be passed over, in sentences: much that fails, a population that has converged. */
  readonly warnings: readonly string[];
}

/** How many of the active agents have a gene, or a file, switched on. */
export interface GeneReport {
  /** Such as `src/rl.ts#learn`; of a file its path. */
  readonly gene: string;
  /** Path of the file. */
  readonly file: string;
  /** The function's name, null for a file as a whole. */
  readonly function: string | null;
  /** Its phase; null for what has none. */
  readonly phase: string | null;
  /** Active agents that have it. */
  readonly active: number;
  /** `active` of all active agents, in [0, 1]; null without agents. */
  readonly share: number | null;
  /** Mean score of the scored agents that have it on, and off; null without any. */
  readonly scoreWith: number | null;
  /** Mean score of those that have it off. */
  readonly scoreWithout: number | null;
}

/** A numeric gene over the active agents whose file is active. */
export interface ParameterReport {
  /** Path of the file. */
  readonly file: string;
  /** Its name. */
  readonly parameter: string;
  /** Active agents whose file is active. */
  readonly agents: number;
  /** Mean of its values. */
  readonly mean: number | null;
  /** Standard deviation of its values. */
  readonly deviation: number | null;
  /** The range that the template gives it. */
  readonly range: ParameterRange;
}

/** What of a cycle [evaluators](evaluators.md) on other machines have evaluated. */
export interface ElsewhereReport {
  /** The cycle's number. */
  readonly cycle: number;
  /** Evaluations by evaluators. */
  readonly elsewhere: number;
  /** Milliseconds that these took there, as evaluators say: of several at once, more than the time. */
  readonly elsewhereMs: number;
  /** Replies that were evaluated at home as well. */
  readonly verified: number;
  /** Evaluations of which what they came to at home counts. */
  readonly atHome: number;
  /** Evaluators that were dropped. */
  readonly droppedEvaluators: number;
}

/** The time of one step over all cycles. */
export interface StepReport {
  /** The step's name. */
  readonly step: string;
  /** How often it ran. */
  readonly runs: number;
  /** Wall-clock time of all runs, in milliseconds. */
  readonly wallMs: number;
  /** CPU time of the processes that it started to evaluate and judge, in milliseconds; absent where that was not measured. */
  readonly cpuMs?: number;
  /** Of all steps' time, in [0, 1]; null where that is 0. */
  readonly share: number | null;
  /** How many things it changed in all. */
  readonly updates: number;
  /** Agents, or events, that it handled in a second of its work, on average; null where it handled none. */
  readonly perSecond: number | null;
  /** The stages of its work over all runs. */
  readonly stages: readonly (StageTimes & { readonly stage: string })[];
  /** `[cycle, milliseconds]` of each cycle in which it ran. */
  readonly cycles: readonly (readonly [number, number])[];
  /** What evaluators did in each cycle in which it had any; absent where it had none. */
  readonly evaluators?: readonly ElsewhereReport[];
}

/** The run in a few numbers. */
export interface ReportSummary extends RecordOf<"report.summary", null>, SummaryReport {}

/** How frequent a gene is. */
export interface ReportGene extends RecordOf<"report.gene", null>, GeneReport {}

/** How frequent a file is as a whole. */
export interface ReportFile extends RecordOf<"report.file", null>, GeneReport {}

/** How a parameter is spread. */
export interface ReportParameter extends RecordOf<"report.parameter", null>, ParameterReport {}

/** The time of a step over all cycles. */
export interface ReportStep extends RecordOf<"report.step", null>, Omit<StepReport, "step"> {
  /** The step. */
  readonly of: string;
}

/** How many evaluations ended so. */
export interface ReportOutcome extends RecordOf<"report.outcome", null>, Tally {}

/** How many agents are disabled for it. */
export interface ReportDisabled extends RecordOf<"report.disabled", null>, Tally {}

/** How many agents died of it. */
export interface ReportDeath extends RecordOf<"report.death", null>, Tally {}

/** The agents that no other dominates in the objectives of the world; only where it has two or more. */
export interface ReportFront extends RecordOf<"report.front", null>, FrontReport {}

/** What the archive of the strategy holds; only where it has descriptors. */
export interface ReportArchive extends RecordOf<"report.archive", null>, ArchiveReport {}

/** One of the best agents. */
export interface ReportLeader extends RecordOf<"report.leader", string>, Omit<LeaderReport, "id"> {}
