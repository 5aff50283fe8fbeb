/**
 * What a supervisor and its host of engines tell each other: a line of JSON each.
 *
 * @module
 */

/** The first line to a host. */
export interface HostSettings {
  /** Memory of an engine in MiB. */
  readonly memoryMiB: number;
  /** How many times ten thousand branches and calls an evaluation may take. */
  readonly polls: number;
  /** Longest reply in bytes. */
  readonly outputBytes: number;
  /** The program of a pool; absent where there is none. */
  readonly pool?: HostedPool;
  /** Whether a line of the world's data comes next. @default false */
  readonly data?: boolean;
}

/** A program that holds all genes of a pool. */
export interface HostedPool {
  readonly program: string;
  /** Its first line. */
  readonly sharedInputs: string;
}

/** The program of an agent. */
export interface Program {
  /** The runtime that it carries; absent where it is to be run in one piece. */
  readonly carrier?: string;
  /** The rest of it. */
  readonly genes: string;
}

/** Each other line to a host: one evaluation. */
export interface HostRequest {
  /** Name of the program: equal names are equal programs. Absent: that of the pool. */
  readonly name?: string;
  /** The program; absent: one of the last {@linkcode programsKept} that were sent, by this name. */
  readonly program?: Program;
  /** The line for the program. */
  readonly line: string;
}

/**
 * The answer to it: what the program replied, which is not to be trusted, or what ended it: `cpu`: it took more branches
 * and calls than it may; `memory`, `stack`: the engine had no more; `output`: its reply is too long; `crash`: it threw.
 */
export type HostAnswer =
  | { readonly reply: string }
  | { readonly end: "cpu" | "memory" | "stack" | "output" | "crash"; readonly words: string };

/** How many programs a host keeps. */
export const programsKept = 64;
