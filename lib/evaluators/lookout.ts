/**
 * A look at the evaluators of a broker by a step that has no network.
 *
 * @module
 */

import { launch } from "../isolation/launch.ts";
import { Launcher } from "../isolation/launcher.ts";
import type { ProcessLimits } from "../isolation/limits.ts";
import { type Issue, StepFailed } from "../util/issue.ts";
import { lastErrorLine } from "../util/text.ts";
import { brokerCommand } from "./broker_command.ts";
import type { EvaluatorPresence } from "./presence.ts";

/** It is the product's own: these limits are there so that a fault of it does not become the machine's. */
const limits: ProcessLimits = {
  memoryMiB: 1024,
  cpuSeconds: 60,
  wallSeconds: 30,
  outputKiB: 16 * 1024,
  descriptors: 64,
};

const script = `${import.meta.dirname}/lookout_main.ts`;

/** An evaluator that is at a broker. */
export interface SeenEvaluator extends EvaluatorPresence {
  /** How long ago it last said that it is there, by the broker's clock. */
  readonly secondsSinceSeen: number;
}

/** Where is looked. */
export interface Looked {
  /** Each server of the broker, as `readServers()` gives them. */
  readonly servers: readonly string[];
  /** The folder of the supervisor's keys, which need not be there. */
  readonly keys: string;
}

/** What a look at a broker comes to. */
export type LookoutReport = { readonly seen: readonly SeenEvaluator[] } | { readonly failed: Issue };

/**
 * The evaluators that are at a broker, by name.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @param signal Ends it.
 * @throws {StepFailed} If there is no server, or it is not one that can be used.
 */
export async function evaluatorsAt({ servers, keys }: Looked, signal?: AbortSignal): Promise<SeenEvaluator[]> {
  const command = brokerCommand(await Launcher.find(limits), limits, {
    servers,
    keys,
    script,
    args: [keys, ...servers],
  });
  const { code, stdout, stderr, exceeded } = await launch(command, new Uint8Array(), {
    wallMs: limits.wallSeconds * 1000,
    outputBytes: limits.outputKiB * 1024,
    signal,
  });
  if (signal?.aborted) return [];
  if (code !== 0 || exceeded) {
    const words = exceeded === "wall"
      ? `it took longer than ${limits.wallSeconds} s`
      : lastErrorLine(stderr) || `it ended with exit code ${code}`;
    throw new StepFailed({
      code: "broker.lost",
      message: `The process that looks at the broker has failed: ${words}.`,
    });
  }
  const report: LookoutReport = JSON.parse(new TextDecoder().decode(stdout));
  if ("failed" in report) throw new StepFailed(report.failed);
  return report.seen.toSorted((a, b) => a.name < b.name ? -1 : 1);
}
