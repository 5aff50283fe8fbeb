/**
 * Watches residents while nothing else is due: whether they are there, and whether they answer.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import type { Entry } from "./entry.ts";
import type { Keeper } from "./keeper.ts";
import { isSame, lookAt } from "./processes.ts";
import { sampleEveryMs, sampleResidents } from "./samples.ts";

/** How often it is looked whether adopted processes are there, in milliseconds; the end of a child is known at once. */
const lookEveryMs = 2000;

/** What there is to know for watching; times are in seconds. */
export interface WatchOptions {
  readonly heartbeatIntervalSeconds: number;
  readonly heartbeatTimeoutSeconds: number;
  /** How many are asked at once. */
  readonly atOnce: number;
  /** Where it is noted what they take of the machine. */
  readonly listing: Listing;
}

/** Watches until the signal is aborted; what fails meanwhile is thrown. */
export async function watch(keeper: Keeper, options: WatchOptions, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timers = [
    every(lookEveryMs, () => look(keeper), reject),
    every(options.heartbeatIntervalSeconds * 1000, () => ask(keeper, options), reject),
    every(sampleEveryMs, () => sampleResidents(options.listing, new Date()), reject),
  ];
  const end = () => resolve();
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  try {
    await promise;
  } finally {
    timers.forEach(clearInterval);
    signal.removeEventListener("abort", end);
  }
}

/** Does something again and again, but not while it is still being done. */
function every(ms: number, work: () => Promise<void>, fail: (error: unknown) => void): ReturnType<typeof setInterval> {
  let busy = false;
  return setInterval(() => {
    if (busy) return;
    busy = true;
    work().catch(fail).finally(() => busy = false);
  }, ms);
}

async function look(keeper: Keeper): Promise<void> {
  const adopted = keeper.up().map(({ resident }) => resident!).filter(({ isChild }) => !isChild);
  if (adopted.length === 0) return;
  const seen = await lookAt(adopted.map(({ process }) => process!.pid));
  for (const resident of adopted) {
    if (!isSame(seen.get(resident.process!.pid), resident.process!)) resident.isGone();
  }
}

async function ask(keeper: Keeper, { heartbeatTimeoutSeconds, atOnce }: WatchOptions): Promise<void> {
  const queue = keeper.up().values();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const entry of queue) await heartbeat(entry, heartbeatTimeoutSeconds * 1000);
  }));
}

/** One that runs an evaluation just now answers when that is over, and has its own limits. */
async function heartbeat(entry: Entry, ms: number): Promise<void> {
  if (entry.verdict) return;
  await entry.alone(async () => {
    if (entry.state.phase === "up") await entry.resident?.answers(ms);
  });
}
