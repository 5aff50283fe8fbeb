/**
 * Watches a chain of steps from outside: through the shell, as the kernel tells.
 *
 * @module
 */

import { Listing } from "../../lib/db/listing.ts";
import { projectRoot, runPaths } from "../../lib/run/paths.ts";
import { linesOf } from "../suite/lines.ts";
import { told } from "../suite/shell.ts";

/** What a run took in one cycle. */
export interface Taken {
  /** When the cycle ended, in seconds from the start. */
  readonly seconds: number;
  readonly chainMiB: number;
  /** Of the largest process that the chain had started, at most. */
  readonly stepMiB: number;
  readonly descriptors: number;
  /** With its write-ahead log, and without what the lineage takes, which stays whole: up to 4 KiB for each agent that has died. */
  readonly listingMiB: number;
  readonly logsMiB: number;
  readonly storeMiB: number;
  readonly agentsMiB: number;
}

/** How often memory is looked at, in milliseconds. */
const everyMs = 250;

/**
 * Watches until the chain ends.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @param child The chain, whose records come on stdout as NDJSON.
 * @param run The name of its run.
 * @param onCycle Called after each cycle.
 * @returns One sample for each cycle that was finished.
 */
export async function watch(
  child: Deno.ChildProcess,
  run: string,
  onCycle: (sample: Taken) => void,
): Promise<Taken[]> {
  const samples: Taken[] = [];
  const began = performance.now();
  let largest = 0;
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(async () => void (largest = Math.max(largest, await largestChildMiB(child.pid))));
  }, everyMs);
  try {
    for await (const line of linesOf(child.stdout)) {
      if (JSON.parse(line).type !== "cycle.finished") continue;
      const took = { seconds: (performance.now() - began) / 1000, stepMiB: largest };
      const sample = { ...took, ...await chain(child.pid), ...await disk(run) };
      largest = 0;
      samples.push(sample);
      onCycle(sample);
    }
  } finally {
    clearInterval(timer);
    await looking;
    await child.status;
  }
  return samples;
}

/** Resident memory of the largest descendant in MiB. */
async function largestChildMiB(pid: number): Promise<number> {
  const rows = (await told("ps -e -o pid= -o ppid= -o rss=")).split("\n").map((row) =>
    row.trim().split(/ +/).map(Number)
  );
  const below = new Set([pid]);
  let largest = 0;
  // Parents come before their children, but for numbers that have gone round: those are found at the next look.
  for (const [own, parent, rss] of rows.toSorted((a, b) => a[0]! - b[0]!)) {
    if (!below.has(parent!)) continue;
    below.add(own!);
    largest = Math.max(largest, rss! / 1024);
  }
  return largest;
}

async function chain(pid: number): Promise<Pick<Taken, "chainMiB" | "descriptors">> {
  const [rss, descriptors] = (await told(`ps -o rss= -p ${pid}; ls /proc/${pid}/fd | wc -l`)).split("\n").map(Number);
  return { chainMiB: rss! / 1024, descriptors: descriptors! };
}

async function disk(run: string): Promise<Pick<Taken, "listingMiB" | "logsMiB" | "storeMiB" | "agentsMiB">> {
  const { listing, store, agents } = runPaths(run);
  const logs = `${projectRoot}/runs/${run}/logs`;
  const script = `cat ${listing}* | wc -c; for one in ${logs} ${store} ${agents}; do du -sb $one | cut -f1; done`;
  const [fileMiB, logsMiB, storeMiB, agentsMiB] = (await told(script)).split("\n").map((bytes) =>
    Number(bytes) / 1_048_576
  );
  return {
    listingMiB: fileMiB! - 4 * dead(listing) / 1024,
    logsMiB: logsMiB!,
    storeMiB: storeMiB!,
    agentsMiB: agentsMiB!,
  };
}

function dead(path: string): number {
  using listing = Listing.open(path);
  return listing.get<{ n: number }>("SELECT count(*) AS n FROM agents WHERE status = 'dead'")!.n;
}
