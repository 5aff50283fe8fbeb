/**
 * The record of an agent as its genes, its parameters and its results.
 *
 * @module
 */

import type { ParameterValue } from "../runtime/contract.ts";
import type { ShownObjective } from "./objective.ts";
import type { RaceReport } from "./race.ts";
import type { Parent, RecordOf } from "./record.ts";
import type { Status } from "./status.ts";
import type { LocusChange } from "./story_facts.ts";

/** A genome that can be read, and what it came to. */
export interface AgentShown extends RecordOf<"agent.shown", string> {
  /** The status of the agent. */
  readonly status: Status;
  /** 0 for agents that `init` made. */
  readonly generation: number;
  /** The cycle in which it was born; 0: `init` made it. */
  readonly born: number;
  /** The genome that is shown: the one that earned the score; without a score the present one. */
  readonly genomeHash: string;
  /** Whether the agent has that genome still. */
  readonly isPresent: boolean;
  /** Its active genes, sorted by file and name. */
  readonly genes: readonly ShownGene[];
  /** The parameters of the files that are on, by file and name, as genes read them. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, ParameterValue>>>>;
  /** The first gave genome and artifact. */
  readonly parents: readonly Parent[];
  /** What differs from the genome of the first parent; null where there is none, or it is not kept. */
  readonly changes: readonly LocusChange[] | null;
  /** Mean over the cycles in which the genome was judged, more is better; null where it was not. */
  readonly score: number | null;
  /** Cycles that the score is the mean of. */
  readonly scoreCycles: number;
  /** Mean over the same episodes: how far it breaks what must hold, 0 if nothing does. */
  readonly violation: number;
  /** The first objective, as the world means it; absent where the world gives scores itself. */
  readonly objective?: ShownObjective;
  /** Its last judged evaluation; null where there is none. */
  readonly evaluation: ShownEvaluation | null;
  /** How it came off in the last selection that ranked it; null where none has. */
  readonly rank: ShownRank | null;
  /** What the last final race said; null where there was none. */
  readonly race: ShownRace | null;
}

/** What a final race says of a genome. */
export interface ShownRace extends Pick<RaceReport, "cycle" | "entrants" | "winner" | "expected" | "unexpected"> {
  /** The place of the genome that is shown; null where it was not in the race. */
  readonly place: number | null;
}

/** An active gene. */
export interface ShownGene {
  /** Its name, such as `src/rl.ts#learn`. */
  readonly gene: string;
  /** When it is called; null: only other genes call it. */
  readonly phase: string | null;
  /** Its source. */
  readonly source: string;
}

/** An evaluation. */
export interface ShownEvaluation {
  /** The cycle. */
  readonly cycle: number;
  /** Means of the world's measures and objectives by name. */
  readonly measures: Readonly<Record<string, number>>;
  /** Actions that were missing or out of their space. */
  readonly invalid: number;
  /** Whether a gene drew a random number though the world is not noisy. */
  readonly drew: boolean;
  /** Its episodes, in order. */
  readonly episodes: readonly ShownEpisode[];
}

/** An episode. */
export interface ShownEpisode {
  /** The instance; absent in a world without. */
  readonly instance?: number;
  /** Its score, more is better. */
  readonly score: number;
  /** Its measures and objectives by name; absent in a world that has neither objectives nor instances. */
  readonly measures?: Readonly<Record<string, number>>;
}

/** A rank. */
export interface ShownRank {
  /** The cycle. */
  readonly cycle: number;
  /** From 1, the best; null: unranked. */
  readonly place: number | null;
  /** Of so many. */
  readonly ranked: number;
}
