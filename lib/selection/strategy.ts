/**
 * What a selection strategy is: a pure function of a cycle's results, which says which agents die and which genomes are
 * handed on.
 *
 * @module
 */

import type { Cause } from "../records/cause.ts";
import type { Config } from "../run/config_schema.ts";
import type { Objective } from "../runtime/contract.ts";
import type { Random } from "../runtime/random.ts";

export { pick, shuffled } from "./random.ts";

/** One judged episode. */
export interface Trial {
  /** The cycle in which it was judged. */
  readonly cycle: number;
  /** The instance that the episode is of; null in a world without instances. */
  readonly instance: number | null;
  /** Seed of its world; empty where the world is not noisy, and the same instance under the same conditions the same. */
  readonly seed: string;
  /** Conditions that it was judged under: world, environment, episodes and steps, as a hash. */
  readonly environment: string;
  /** A number for each objective of the world, or its one score; in each more is better. */
  readonly objectives: readonly number[];
  /** How far what was done breaks what must hold, 0 if nothing is broken. */
  readonly violation: number;
  /** What the world measured besides, by name. */
  readonly measures: Readonly<Record<string, number>>;
}

/** A genome with its results, and the agent that earned them. */
export interface Candidate {
  /** The agent's; of one in the archive `ID@GENOME`, since the agent may also be among the living with another genome. */
  readonly id: string;
  /** SHA-256 of the genome that earned the trials: the agent may have left it since. */
  readonly genome: string;
  /** Hash of the code that it was evaluated with. */
  readonly code: string;
  /** Key of the artifact that ran. */
  readonly build: string;
  /** Order of creation, from 0. */
  readonly ordinal: number;
  /** Cycle in which it was born; 0 for those that `init` made before the first. */
  readonly born: number;
  /** Cycles since the oldest of its genes was drawn, as births have handed it on. */
  readonly age: number;
  /** Number of its island, from 0. */
  readonly island: number;
  /** 0 for agents that `init` made, else one more than its first parent's. */
  readonly generation: number;
  /** Whether the agent still has this genome. */
  readonly hasRankedGenome: boolean;
  /** Whether the genome has an active gene of phase `birth`, or sterile parents are allowed. */
  readonly fertile: boolean;
  /** The agent's account, at least 0. */
  readonly energy: number;
  /** Ids of its parents, the first of which gave the genome that it began with. */
  readonly parents: readonly string[];
  /**
   * Its episodes, in the order of their worlds: those of the present cycle, or in a world that is not noisy those of the
   * last evaluation of this genome under the same conditions. Empty where it has none that can be compared.
   */
  readonly trials: readonly Trial[];
  /** What the failure of its evaluation in this cycle was due to; absent where it did not fail. */
  readonly failure?: Cause;
  /** Mean of the first objective over the trials; absent where there are none. */
  readonly score?: number;
  /** What the configured fitness gives for the trials, more is better; absent where there are none or it gave no number. */
  readonly fitness?: number;
  /** Mean over the trials: how far what it did breaks what must hold. */
  readonly violation: number;
  /** Its place in the race of the cycle, from 1, equals have the same; absent where there was none, or it kept others. */
  readonly race?: number;
}

/** The options of the configuration's section `selection`. */
export type SelectionOptions = Config["selection"];

/** One dimension of the space of what solutions are like. */
export type Descriptor = NonNullable<SelectionOptions["descriptors"]>[number];

/** Islands, and how genomes get from one to another. */
export type Islands = NonNullable<SelectionOptions["islands"]>;

/** What a strategy is given. */
export interface Given {
  /** From 1. */
  readonly cycle: number;
  /** All agents that could be evaluated in this cycle and do not die anyway, in order of creation. */
  readonly living: readonly Candidate[];
  /** Agents that die in any case: disabled by their own fault before this cycle, or out of energy. */
  readonly doomed: readonly Candidate[];
  /** What the last selection kept, as far as its code is the run's. */
  readonly archive: readonly Candidate[];
  /** The section `selection` of the configuration. */
  readonly options: SelectionOptions;
  /** How many agents there may be afterwards, of the living that stay and the newborn. */
  readonly size: number;
  /** The objectives of the world, in their order; empty where it gives one score. */
  readonly objectives: readonly Objective[];
  /** The stream of this name in this cycle: each call begins it anew. */
  random(purpose: string, ...rest: readonly number[]): Random;
}

/** One birth. */
export interface Birth {
  /**
   * `birth`: the genome of the first parent, which changes itself in its gestation, with those of the others at hand;
   * `copy`: that genome as it is; `random`: a genome drawn as `init` draws them.
   */
  readonly kind: "birth" | "copy" | "random";
  /** Ids of candidates that were given; none of a random genome. */
  readonly parents: readonly string[];
  /** Number of the island on which it is born, from 0. */
  readonly island: number;
  /** The newborn's age, see {@linkcode Candidate.age}. */
  readonly age: number;
}

/** What a strategy decides. */
export interface Selected {
  /** Of the living, each at most once; the reason is a sentence for the agent's record. */
  readonly deaths: readonly { readonly id: string; readonly reason: string }[];
  /** Births, of as many agents as `size` leaves room for. */
  readonly births: readonly Birth[];
  /** What the next selection is given as its archive. */
  readonly archive: readonly Candidate[];
  /** Best first, how candidates came off: for the record, nothing depends on it. Absent: by fitness. */
  readonly ranking?: readonly Ranking[];
}

/** How a candidate came off. */
export interface Ranking {
  /** The candidate's. */
  readonly id: string;
  /** Whether it stays for being among the best. */
  readonly elite?: boolean;
  /** Tournaments that it was drawn for. */
  readonly drawn?: number;
  /** Tournaments that it won. */
  readonly won?: number;
}

/** Names of options that a strategy may have a use for. */
export type OptionName = Exclude<keyof SelectionOptions, "strategy" | "size" | "islands" | "reference">;

/** What a strategy needs of a world or a configuration; a run that lacks it is refused before it begins. */
export interface Needs {
  /** More episodes than one an evaluation, to tell agents apart by. */
  readonly cases?: boolean;
  /** So many objectives at least. */
  readonly objectives?: number;
  /** `selection.descriptors`. */
  readonly descriptors?: boolean;
  /** Agents of different age: `selection` of an `init` that goes on for cycles. */
  readonly age?: boolean;
}

/** A way to select. A strategy of one's own is a module in `plugins/` whose default export is one. */
export interface Strategy {
  /** One line that says what it does. */
  readonly brief: string;
  /** Options that have an effect on it; what the configuration sets besides is an error. */
  readonly uses: readonly OptionName[];
  /** Whether what it selects depends on fitness. @default true */
  readonly byFitness?: boolean;
  /** Whether agents whose energy has run out die: always, if `energy` is configured, or never. @default "configured" */
  readonly energy?: "always" | "configured" | "never";
  /** What it needs of a world and a configuration; a run that lacks it is refused. */
  readonly needs?: Needs;
  /** Places that it needs at least, where islands are configured on each. @default 1 */
  leastSize?(options: SelectionOptions): number;
  /** The same for the same argument; it changes nothing of it. */
  select(given: Given): Selected;
}
