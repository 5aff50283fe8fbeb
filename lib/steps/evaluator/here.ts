/**
 * How an evaluator says that it is there.
 *
 * @module
 */

import type { Broker } from "../../evaluators/broker.ts";
import { presence } from "../../evaluators/names.ts";
import { type EvaluatorPresence, presenceText, readPresence } from "../../evaluators/presence.ts";
import { ifMessage } from "../../evaluators/protocol.ts";
import { StepFailed } from "../../util/issue.ts";

/** The presence of one evaluator on its broker. */
export class Here {
  readonly #tell: () => EvaluatorPresence;
  readonly #say: (text: string) => void;
  #revision = 0;

  /** @param tell What it says of itself by now. */
  constructor(tell: () => EvaluatorPresence, say: (text: string) => void) {
    this.#tell = tell;
    this.#say = say;
  }

  /**
   * Takes the name, or takes it up again; where one that ended without a word has it, waits until that is forgotten.
   *
   * @throws {StepFailed} If another one that is there has the name.
   */
  async claim(broker: Broker, signal: AbortSignal): Promise<void> {
    const { name, instance } = this.#tell();
    let first: number | undefined;
    while (!signal.aborted) {
      if (await this.#create(broker)) return;
      const holder = await broker.evaluators.get(name);
      if (!holder || holder.length === 0) continue;
      if (instanceIn(holder.string()) === instance) {
        this.#revision = holder.revision;
        return await this.renew(broker);
      }
      if (first !== undefined && first !== holder.revision) throw taken(name);
      if (first === undefined) this.#say(`the name ${name} is in use; waits whether it is still renewed.`);
      first = holder.revision;
      await pause(presence.every / 10, signal);
    }
  }

  /** Says it again. @throws {StepFailed} If another one has taken the name meanwhile. */
  async renew(broker: Broker): Promise<void> {
    const { name, instance } = this.#tell();
    const held = await broker.evaluators.get(name);
    if (!held || held.length === 0) {
      if (await this.#create(broker)) return;
      throw taken(name);
    }
    if (instanceIn(held.string()) !== instance) throw taken(name);
    this.#revision = await broker.evaluators.update(name, presenceText(this.#tell()), held.revision);
  }

  /** Takes it away, unless another one has the name. */
  async remove(broker: Broker): Promise<void> {
    if (this.#revision === 0) return;
    await broker.evaluators.delete(this.#tell().name, { previousSeq: this.#revision });
  }

  async #create(broker: Broker): Promise<boolean> {
    try {
      this.#revision = await broker.evaluators.create(this.#tell().name, presenceText(this.#tell()));
      return true;
    } catch (error) {
      if (isTaken(error)) return false;
      throw error;
    }
  }
}

/** JetStream's "wrong last sequence". */
function isTaken(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === 10_071;
}

function instanceIn(text: string): string | undefined {
  return ifMessage(() => readPresence(text))?.instance;
}

function taken(name: string): StepFailed {
  return new StepFailed({
    code: "evaluator.name",
    message: `Cannot be the evaluator ${name} as its name must be its own: another one has it. Use another --name.`,
  });
}

/** Waits so many milliseconds, unless the signal is aborted meanwhile. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const stop = () => resolve();
  signal.addEventListener("abort", stop, { once: true });
  await promise;
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
}
