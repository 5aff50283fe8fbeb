/**
 * Counts what the lives of a step came to, and notes how long they took.
 *
 * @module
 */

import { isLimit } from "../../isolation/outcome.ts";
import type { Stages } from "../../step/stages.ts";
import type { Settled } from "./settled.ts";

/** Counts lives. */
export class Tally {
  readonly #stages: Stages;
  readonly #others: Record<string, number> = {};
  #refused = 0;
  readonly #counts = { judged: 0, births: 0, finished: 0, crashed: 0, limited: 0, changed: 0 };

  /** @param stages Where times are noted. */
  constructor(stages: Stages) {
    this.#stages = stages;
  }

  /** Lives so far. */
  get lives(): number {
    return this.#counts.judged + this.#counts.births;
  }

  /** Artifacts that were not what they should be and are to be built again. */
  get refused(): number {
    return this.#refused;
  }

  /** Counts a life that has been kept. */
  add({ life, wallMs, judgeMs, end }: Settled): void {
    this.#counts[life.kind === "judged" ? "judged" : "births"]++;
    if (wallMs !== null) this.#stages.add("process", wallMs);
    if (end.ok && life.kind === "judged") this.#stages.add("judge", judgeMs);
    if (!end.ok && end.failure.artifact) this.put({ refused: ++this.#refused });
    else if (!end.ok) this.#counts[isLimit(end.failure.outcome) ? "limited" : "crashed"]++;
    else {
      this.#counts.finished++;
      if (end.finished.genome) this.#counts.changed++;
    }
  }

  /** Notes how long a transaction with its files took, in milliseconds. */
  commit(ms: number): void {
    this.#stages.add("commit", ms);
  }

  /** Adds counts of others. */
  put(counts: Readonly<Record<string, number>>): void {
    Object.assign(this.#others, counts);
  }

  /** All counts. */
  counts(): Record<string, number> {
    return { ...this.#counts, ...this.#others };
  }
}
