/**
 * One agent as its keeper knows it: where its resident stands, and the process that there is.
 *
 * @module
 */

import type { Place } from "./place.ts";
import type { Resident } from "./resident.ts";
import { follow, type Happening, type Order, type State } from "./state.ts";
import type { RestartOptions } from "./policy.ts";
import type { Kept } from "./table.ts";

/** What an agent's resident is to run. */
export interface Wanted {
  /** Artifact and conditions as one text: another one needs another process. */
  readonly as: string;
  /** SHA-256 of the artifact. */
  readonly artifact: string;
  /** Where it lies. */
  readonly path: string;
  /** Demands a proof that this artifact may run for its agent; why it may not, or undefined. */
  readonly prove: () => Promise<string | undefined>;
  /** Whether it is built from what its agent is now: if not, one that is up stays, and none is started. */
  readonly fresh: boolean;
}

/** One agent and its resident. */
export class Entry {
  readonly agent: string;
  state: State;
  wanted: Wanted | undefined;
  /** Files of the present start. */
  place: Place | undefined;
  resident: Resident | undefined;
  /** Settles when all that followed from the end of its process is done. */
  over: Promise<void> = Promise.resolve();
  /** While an evaluation is run: whether an end of the process counts, or is the evaluation's own failure. */
  verdict: Promise<boolean> | undefined;
  /** Whether its last start ended before the program ran, so that it is tried once more. */
  isSecondTry = false;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the listing has an older state. */
  changed = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(agent: string, state: State) {
    this.agent = agent;
    this.state = state;
  }

  /** Takes note of what has happened; tells what is to be done. */
  happen(happening: Happening, options: RestartOptions): Order | undefined {
    const { state, order } = follow(this.state, happening, options);
    this.changed ||= state !== this.state;
    this.state = state;
    return order;
  }

  /** Uses the process alone: one line at a time. */
  async alone<T>(use: () => Promise<T>): Promise<T> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    await before;
    try {
      return await use();
    } finally {
      resolve();
    }
  }

  /** As the listing keeps it. */
  kept(): Kept {
    this.changed = false;
    const { agent, place, resident, state } = this;
    return { agent, nonce: place?.nonce ?? null, process: resident?.process ?? null, state };
  }
}
