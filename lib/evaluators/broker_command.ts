/**
 * How a step that has no network reaches a broker: by a process that has nothing else.
 *
 * @module
 */

import type { CommandLine, Launcher } from "../isolation/launcher.ts";
import type { ProcessLimits } from "../isolation/limits.ts";

/** What is started, and what it may reach. */
export interface AtBroker {
  /** `host:port` of each server of the broker. */
  readonly servers: readonly string[];
  /** Absolute path of the script, which is the product's own. */
  readonly script: string;
  readonly args?: readonly string[];
}

/** The command line of a process that may reach a broker alone, tied to its supervisor as an agent is. */
export function brokerCommand(launcher: Launcher, limits: ProcessLimits, what: AtBroker): CommandLine {
  const { servers, script, args = [] } = what;
  const flags = ["run", "--no-prompt", "--no-config", "--no-lock", "--no-remote", "--node-modules-dir=manual", "-q"];
  return launcher.limited([launcher.deno, ...flags, `--allow-net=${servers.join(",")}`, script, ...args], limits);
}
