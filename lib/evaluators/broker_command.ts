/**
 * How a step that has no network reaches a broker: by a process that has nothing else.
 *
 * @module
 */

import type { CommandLine, Launcher } from "../isolation/launcher.ts";
import type { ProcessLimits } from "../isolation/limits.ts";
import { addressOf } from "./servers.ts";

/** What is started, and what it may reach. */
export interface AtBroker {
  /** Each server of the broker, as `readServers()` gives them. */
  readonly servers: readonly string[];
  /** The folder of the supervisor's keys, which it alone may read. */
  readonly keys: string;
  /** Absolute path of the script, which is the product's own. */
  readonly script: string;
  readonly args?: readonly string[];
}

/** The command line of a process that may reach a broker, and read the keys for that, and nothing else; tied to its supervisor as an agent is. */
export function brokerCommand(launcher: Launcher, limits: ProcessLimits, what: AtBroker): CommandLine {
  const { servers, keys, script, args = [] } = what;
  const flags = ["run", "--no-prompt", "--no-config", "--no-lock", "--no-remote", "--node-modules-dir=manual", "-q"];
  const allowed = [`--allow-net=${servers.map(addressOf).join(",")}`, `--allow-read=${keys}`];
  return launcher.limited([launcher.deno, ...flags, ...allowed, script, ...args], limits);
}
