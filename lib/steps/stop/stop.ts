/**
 * Ends what is running, gently, and by force if that takes too long.
 *
 * @module
 */

import { Listing } from "../../db/listing.ts";
import type { RunPaths } from "../../run/paths.ts";
import { Deadline } from "../../isolation/deadline.ts";
import { StepFailed } from "../../util/issue.ts";
import { hasResidents } from "../../isolation/residents/any.ts";
import { shellLines } from "../../isolation/residents/shell.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { type Holder, holderOf, lockFiles } from "../../run/lock.ts";

/**
 * Ends the chain or the step that holds the run's lock, then a step that such a chain may have left behind, then all
 * residents, which may be kept by nothing.
 *
 * Needs read permission for the lock files, read and write permission for the listing and the folder of residents, and
 * run permission for `kill` and `/bin/sh`.
 *
 * @param gracePeriodMs How long each may take to save its work before it is ended by force.
 * @throws {StepFailed} If the lock can't be had back, or a resident's group is still there.
 */
export async function stop(step: StepContext, gracePeriodMs: number): Promise<Counts> {
  const { run, step: single } = lockFiles(step.paths);
  let stopped = 0, forced = 0;
  for (const path of [run, single]) {
    const holder = holderOf(path);
    if (holder === undefined) continue;
    if (holder === "unknown") throw stuck(path);
    const byForce = await end(path, holder, gracePeriodMs, step);
    stopped++;
    if (byForce) forced++;
    const { pid, step: name, since } = holder;
    step.emit({ type: "step.stopped", id: null, ok: true, stopped: name, pid, since, forced: byForce });
  }
  for (const id of step.ids ?? []) step.emit({ type: "agent.stopped", id, ok: true, stopped: stopped > 0 });
  const residents = hasResidents(step.paths.residents) ? await endResidents(step, gracePeriodMs) : 0;
  if (stopped + residents === 0) step.say("nothing is running.");
  return { updates: stopped + residents, stopped, forced, residents };
}

/** Ends all residents; tells how many there were. */
async function endResidents(step: StepContext, gracePeriodMs: number): Promise<number> {
  const { endAll } = await import("../../isolation/residents/end_all.ts");
  const { occupants, forced, unrelated } = await endAll(step.paths.residents, Math.min(gracePeriodMs, residentsMs));
  await forget(step.paths);
  for (const { pid } of unrelated) {
    step.log.warn(`left process ${pid} alone: a file names it as a resident, but it does not hold the pipes of one.`);
  }
  for (const { agent, pid } of occupants) step.emit({ type: "resident.stopped", id: agent, ok: true, pid });
  if (occupants.length > 0) {
    step.say(`ended ${occupants.length} residents${forced > 0 ? `, ${forced} of them by force` : ""}.`);
  }
  return occupants.length;
}

/** A listing that can't be used is no reason to let processes run: it is looked at only when they have ended. */
async function forget({ listing: path }: RunPaths): Promise<void> {
  const { keepNoProcess } = await import("../../db/residents.ts");
  using listing = Listing.open(path);
  listing.transaction(() => keepNoProcess(listing));
}

/** How long residents may take at most before they are ended by force, in milliseconds: they have nothing to save. */
const residentsMs = 5000;

/** Ends a holder; tells whether force was needed. */
async function end(path: string, holder: Holder, gracePeriodMs: number, step: StepContext): Promise<boolean> {
  if (!await holds(path, holder.pid)) throw unproven(path, holder.pid);
  step.say(`asks ${holder.step} (process ${holder.pid}) to end, and waits until its work is saved.`);
  await kill("TERM", holder);
  if (await freed(path, gracePeriodMs, step.signal)) return false;
  // Only what still holds the lock is ended: the process id may by now be that of another process.
  const now = holderOf(path);
  if (now === undefined || now === "unknown" || now.token !== holder.token) return false;
  if (!await holds(path, holder.pid)) throw unproven(path, holder.pid);
  step.say(`ends ${holder.step} (process ${holder.pid}) by force, since it takes too long.`);
  await kill("KILL", holder);
  if (!await freed(path, 10_000, step.signal)) throw stuck(path);
  return true;
}

/** Whether a process holds the lock of a file: the kernel's word, since anything may have written into the file. */
async function holds(path: string, pid: number): Promise<boolean> {
  const { ino } = Deno.statSync(path);
  const held = await shellLines('while read -r line; do echo "$line"; done </proc/locks', []);
  // Such as "1: FLOCK ADVISORY WRITE 4711 08:01:131 0 EOF"; what only waits has an arrow before the kind.
  return held.map((line) => line.split(/ +/)).some(([, kind, , mode, owner, file]) =>
    kind === "FLOCK" && mode === "WRITE" && owner === String(pid) && file?.split(":")[2] === String(ino)
  );
}

function unproven(path: string, pid: number): StepFailed {
  return new StepFailed({
    code: "stop.unproven",
    message: `Cannot end process ${pid} as it must hold the lock that names it: the kernel knows nothing of that. ` +
      "End the process that does by hand.",
    path,
  });
}

async function kill(signal: "TERM" | "KILL", holder: Holder): Promise<void> {
  const command = new Deno.Command("kill", {
    args: [`-${signal}`, String(holder.pid)],
    stdout: "null",
    stderr: "null",
  });
  // A failure means that it has just ended, and that is what the lock will tell.
  await command.output();
}

/** Waits until the lock is free, as the kernel tells; false if that takes too long. */
async function freed(path: string, ms: number, signal: AbortSignal): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  using _deadline = new Deadline(ms, () => resolve(false));
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  const file = Deno.openSync(path, { read: true });
  // Not closed where it takes too long: a lock that is waited for ends with this process.
  file.lock(false).then(() => {
    file.close();
    resolve(true);
  }, reject);
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function stuck(path: string): StepFailed {
  return new StepFailed({
    code: "stop.stuck",
    message: "Cannot end the process that holds the run's lock; end it by hand.",
    path,
  });
}
