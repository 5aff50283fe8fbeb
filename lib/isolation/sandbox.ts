/**
 * The walls around processes without permissions, by the name of the way in which agents are kept apart.
 *
 * @module
 */

import { Launcher, type Sandbox } from "./launcher.ts";
import type { ProcessLimits } from "./limits.ts";
import type { IsolationName } from "./names.ts";

/**
 * What makes the command lines of all processes without permissions of a step.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @param limits Of an agent's process.
 * @param launcher One that is there already. @default one that is found for these limits
 * @throws {StepFailed} If this machine lacks what it needs.
 */
export async function sandboxFor(name: IsolationName, limits: ProcessLimits, launcher?: Launcher): Promise<Sandbox> {
  launcher ??= await Launcher.find(limits);
  if (name !== "bwrap") return launcher;
  const { Bubblewrap } = await import("./bubblewrap.ts");
  return await Bubblewrap.find(launcher, limits);
}
