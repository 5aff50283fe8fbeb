/**
 * The judge that was built and signed, ready to be asked.
 *
 * @module
 */

import { type HostedData, withData } from "../isolation/data.ts";
import { Judge } from "../isolation/judge.ts";
import type { Sandbox } from "../isolation/launcher.ts";
import { judgeLimits } from "../isolation/limits.ts";
import type { Config } from "../run/config_schema.ts";
import { StepFailed } from "../util/issue.ts";
import type { Artifacts } from "./artifacts.ts";
import { judgeName } from "./programs.ts";

/** What a judge is made of. */
export interface JudgeParts {
  readonly artifacts: Artifacts;
  readonly config: Config;
  /** Makes the command line of its process. */
  readonly sandbox: Sandbox;
  /** The data of the world; absent where there is none. */
  readonly data: HostedData | undefined;
  /** Processes at once. @default 1 */
  readonly processes?: number;
}

/**
 * The judge of a world and a runtime; its process is started when there is something to judge.
 *
 * Needs read permission for the store.
 *
 * @throws {StepFailed} If there is no signed one.
 */
export async function openJudge(parts: JudgeParts): Promise<Judge> {
  const proof = await parts.artifacts.program(judgeName);
  if (!proof.ok) {
    throw new StepFailed({
      code: "judge.missing",
      message: "Cannot judge as there must be a signed judge for this world and runtime; run `deno task build` again.",
      path: proof.issue.path,
    });
  }
  return judgeIn(proof.value, parts);
}

/**
 * What asks a program that judges.
 *
 * @param program Its path, proved.
 * @param draws Whether it is the one that draws. @default false
 */
export function judgeIn(program: string, { config, sandbox, data, processes }: JudgeParts, draws = false): Judge {
  const limits = withData(judgeLimits(config), data);
  // It serves a whole step.
  const command = sandbox.sandboxed(program, limits, Number.POSITIVE_INFINITY);
  return new Judge(command, { timeoutMs: limits.wallSeconds * 1000, data: data?.line, draws, processes });
}
