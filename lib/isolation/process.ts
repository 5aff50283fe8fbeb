/**
 * Isolation by a process for each life.
 *
 * @module
 */

import type { Cgroups } from "./cgroup.ts";
import { classify } from "./classify.ts";
import type { Isolation, Lived, Ran } from "./isolation.ts";
import { launch } from "./launch.ts";
import type { Sandbox } from "./launcher.ts";
import { readyLine } from "../runtime/ready.ts";
import type { ProcessLimits } from "./limits.ts";

/** Runs each life in a process of its own, without permissions and under limits. */
export class ProcessIsolation implements Isolation {
  readonly #sandbox: Sandbox;
  readonly #limits: ProcessLimits;
  readonly #cgroups: Cgroups | undefined;

  /**
   * @param sandbox Makes the command line of each of them.
   * @param cgroups Control groups for as many as run at once; absent where there are none.
   */
  constructor(sandbox: Sandbox, limits: ProcessLimits, cgroups?: Cgroups) {
    this.#sandbox = sandbox;
    this.#limits = limits;
    this.#cgroups = cgroups;
  }

  /** Runs the process of a life to its end. Needs run permission for `/bin/sh`. */
  async live({ artifact, request, expected, steps }: Lived): Promise<Ran> {
    const cgroup = this.#cgroups?.take();
    try {
      const end = await launch({ ...this.#sandbox.sandboxed(artifact, this.#limits, steps), cgroup }, request, {
        wallMs: this.#limits.wallSeconds * 1000,
        outputBytes: this.#limits.outputKiB * 1024,
        ready: readyLine,
      });
      return { told: classify(end, expected, this.#limits), wallMs: end.wallMs };
    } finally {
      if (cgroup) this.#cgroups!.give(cgroup);
    }
  }

  /** Removes the control groups; nothing else outlasts a life. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cgroups?.[Symbol.asyncDispose]();
  }
}
