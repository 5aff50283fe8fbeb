/**
 * Isolation by a process for each life.
 *
 * @module
 */

import { classify } from "./classify.ts";
import type { Isolation, Lived, Ran } from "./isolation.ts";
import { launch } from "./launch.ts";
import type { Sandbox } from "./launcher.ts";
import type { ProcessLimits } from "./limits.ts";

/** Runs each life in a process of its own, without permissions and under limits. */
export class ProcessIsolation implements Isolation {
  readonly #sandbox: Sandbox;
  readonly #limits: ProcessLimits;

  /** @param sandbox Makes the command line of each of them. */
  constructor(sandbox: Sandbox, limits: ProcessLimits) {
    this.#sandbox = sandbox;
    this.#limits = limits;
  }

  /** Runs the process of a life to its end. Needs run permission for `/bin/sh`. */
  async live({ artifact, request, expected, steps }: Lived): Promise<Ran> {
    const end = await launch(this.#sandbox.sandboxed(artifact, this.#limits, steps), request, {
      wallMs: this.#limits.wallSeconds * 1000,
      outputBytes: this.#limits.outputKiB * 1024,
    });
    return { told: classify(end, expected, this.#limits), wallMs: end.wallMs };
  }

  /** Nothing outlasts a life. */
  async [Symbol.asyncDispose](): Promise<void> {}
}
