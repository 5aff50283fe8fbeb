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
}

/**
 * The judge of a world and a runtime; its process is started when there is something to judge.
 *
 * Needs read permission for the store.
 *
 * @throws {StepFailed} If there is no signed one.
 */
export async function openJudge({ artifacts, config, sandbox, data }: JudgeParts): Promise<Judge> {
  const proof = await artifacts.program(judgeName);
  if (!proof.ok) {
    throw new StepFailed({
      code: "judge.missing",
      message: "Cannot judge as there must be a signed judge for this world and runtime; run `deno task build` again.",
      path: proof.issue.path,
    });
  }
  const limits = withData(judgeLimits(config), data);
  // It judges the evaluations of a whole step.
  const command = sandbox.sandboxed(proof.value, limits, Number.POSITIVE_INFINITY);
  return new Judge(command, limits.wallSeconds * 1000, data?.line);
}
