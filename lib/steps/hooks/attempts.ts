/**
 * The attempts that one hook is given in one run of the step.
 *
 * @module
 */

import type { Delivery, Failure } from "../../hooks/delivery.ts";
import type { Message } from "../../hooks/message.ts";
import { Deadline } from "../../isolation/deadline.ts";
import type { StepContext } from "../../step/context.ts";

/** Makes attempts, as long as those that fail take no longer together than one time-out. */
export class Attempts {
  /** Failures since the last success. */
  failuresInRow = 0;
  readonly #delivery: Delivery;
  readonly #timeoutMs: number;
  readonly #step: StepContext;
  #failedMs = 0;

  /** @param timeoutMs Milliseconds that the hook may take for an event, and that all its failures may cost. */
  constructor(delivery: Delivery, timeoutMs: number, step: StepContext) {
    this.#delivery = delivery;
    this.#timeoutMs = timeoutMs;
    this.#step = step;
  }

  /** Whether there is time for another attempt. */
  get mayGoOn(): boolean {
    return !this.#step.signal.aborted && this.#failedMs < this.#timeoutMs;
  }

  /** Makes an attempt; it is interrupted where the time that failures may cost is over. */
  async make(message: Message): Promise<Failure | undefined> {
    const over = new AbortController();
    using deadline = new Deadline(this.#timeoutMs - this.#failedMs, () => over.abort());
    // The first failure is the receiver's own time-out.
    if (this.#failedMs === 0) deadline[Symbol.dispose]();
    const began = performance.now();
    const failure = await this.#step.stages.time(
      "deliver",
      () => this.#delivery.deliver(message, AbortSignal.any([this.#step.signal, over.signal])),
    );
    if (failure) this.#failedMs += performance.now() - began;
    this.failuresInRow = failure ? this.failuresInRow + 1 : 0;
    return failure;
  }
}
