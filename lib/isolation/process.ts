/**
 * Isolation by a process for each evaluation.
 *
 * @module
 */

import { readyLine } from "../runtime/ready.ts";
import type { Cgroups } from "./cgroup.ts";
import { classify } from "./classify.ts";
import { type Isolation, type Programs, refused, type RunResult } from "./isolation.ts";
import { type HostedData, withData } from "./data.ts";
import { launch } from "./launch.ts";
import type { Sandbox } from "./launcher.ts";
import { withTrace } from "./reply_trace.ts";
import { type EvaluationRequest, ownLine } from "./request.ts";

/** Runs each evaluation in a process of its own, without permissions and under limits. */
export class ProcessIsolation implements Isolation {
  readonly capacity: number;
  readonly #programs: Programs;
  readonly #sandbox: Sandbox;
  readonly #cgroups: Cgroups | undefined;
  readonly #data: HostedData | undefined;

  /**
   * @param sandbox Makes the command line of each process.
   * @param capacity Processes at once.
   * @param more Control groups for as many as run at once, and the data of the world; absent where there are none.
   */
  constructor(
    programs: Programs,
    sandbox: Sandbox,
    capacity: number,
    { cgroups, data }: { readonly cgroups?: Cgroups; readonly data?: HostedData } = {},
  ) {
    this.#programs = programs;
    this.#sandbox = sandbox;
    this.capacity = capacity;
    this.#cgroups = cgroups;
    this.#data = data;
  }

  /** Runs the process of an evaluation to its end. Needs run permission for `/bin/sh` and read permission for its program. */
  async evaluate(request: EvaluationRequest): Promise<RunResult> {
    const { artifact, expected, limits, steps } = request;
    const program = await this.#programs.prove(artifact);
    if (!program.ok) return refused(program.issue);
    const own = withData(limits, this.#data);
    const granted = expected.trace === undefined ? own : withTrace(own);
    const cgroup = this.#cgroups?.take();
    try {
      const end = await launch(
        { ...this.#sandbox.sandboxed(program.value, granted, steps), cgroup },
        ownLine(request),
        {
          wallMs: granted.wallSeconds * 1000,
          outputBytes: granted.outputKiB * 1024,
          ready: readyLine,
          // A gestation meets no world.
          first: request.kind === "judged" ? this.#data?.bytes : undefined,
        },
      );
      return { ...classify(end, expected, limits), wallMs: end.wallMs, ...await cgroup?.taken() };
    } finally {
      if (cgroup) this.#cgroups!.give(cgroup);
    }
  }

  /** Removes the control groups; nothing else outlasts an evaluation. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cgroups?.[Symbol.asyncDispose]();
  }
}
