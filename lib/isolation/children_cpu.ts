/**
 * What the processes that this one has started have taken of the CPU.
 *
 * @module
 */

import { sh } from "../util/shell.ts";

/** The kernel counts CPU time in these for all that reads it, whatever its own clock is. */
const msPerTick = 10;

/**
 * CPU time of all processes that this one has started and that have ended, with those that they have waited for, in milliseconds.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @returns Undefined where the kernel does not tell.
 */
export async function childrenCpuMs(): Promise<number | undefined> {
  const { stdout } = await sh('read -r stat </proc/$PPID/stat && echo "$stat"');
  // The program's name stands in brackets and may hold anything, brackets and spaces included.
  const fields = stdout.slice(stdout.lastIndexOf(")") + 2).split(" ");
  const [user, system] = [Number(fields[13]), Number(fields[14])];
  return Number.isSafeInteger(user) && Number.isSafeInteger(system) ? (user! + system!) * msPerTick : undefined;
}
