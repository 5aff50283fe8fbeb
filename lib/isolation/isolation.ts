/**
 * How agents are kept apart from the machine and from each other: what every way of it offers to `supervise`.
 *
 * @module
 */

import type { Told } from "./classify.ts";
import type { Expected } from "./reply.ts";

/** The life of one agent, as far as it matters where it is lived. */
export interface Lived {
  /** Id of the agent. */
  readonly id: string;
  /** Where its artifact lies, whose bytes and signature have just been proved. */
  readonly artifact: string;
  /** The bytes of its genome: valid, and what the artifact was built from or, for a gestation, that of its parents. */
  readonly genome: Uint8Array;
  /** The line for its program, with its end. */
  readonly request: Uint8Array;
  /** What its reply must fit. */
  readonly expected: Expected;
  /** How many steps it lives at most, all episodes together. */
  readonly steps: number;
}

/** A program that holds all genes of a pool, and can live the lives of its agents. */
export interface PoolProgram {
  /** Where it lies; its bytes and signature have been proved. */
  readonly path: string;
  /** The first line for it: what all lives have in common. */
  readonly commons: string;
}

/** A life that the program of its pool can live as the agent's own would. */
export interface LivedOfPool {
  /** The line for that program, without its end. */
  readonly line: string;
  /** What its reply must fit. */
  readonly expected: Expected;
}

/** A life that has ended, and what it told. */
export interface Ran {
  readonly told: Told;
  /** From start to end, in milliseconds; null where nothing was started. */
  readonly wallMs: number | null;
}

/**
 * A way of running the programs of agents; whichever it is, a life comes to the same bits.
 *
 * To be used from the main thread: a child that is tied to its supervisor dies with the thread that started it.
 */
export interface Isolation extends AsyncDisposable {
  /** Lives one life to its end; any number at once. What fails here is no agent. */
  live(life: Lived): Promise<Ran>;
  /** The same by the program of a pool, where this way knows it. */
  liveOfPool?(life: LivedOfPool): Promise<Ran>;
}
