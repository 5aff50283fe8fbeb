/**
 * Makes the folders of the newborn, and removes those of the dead.
 *
 * @module
 */

import { buildKey, madeFrom } from "../agents/build_key.ts";
import { createFolder, removeFolder } from "../agents/folder.ts";
import type { Listing } from "../agents/listing.ts";
import { inboxOf } from "../agents/inbox_file.ts";
import { metricsOf } from "../agents/metrics.ts";
import type { RunPaths } from "../agents/paths.ts";
import { formerPools, loadCopy, loadPool, presentPool } from "../agents/template.ts";
import { runtimeHash } from "../build/runtime_hash.ts";
import { fitToPool, poolNames } from "../genome/fit.ts";
import type { Genome } from "../genome/schema.ts";
import { StepFailed } from "../issue.ts";
import type { StepContext } from "../step/context.ts";

// A kill loses at most the entries of so many folders, which are then made again.
const batch = 200;

interface Planned {
  readonly id: string;
  readonly kind: "birth" | "copy";
  readonly genome_hash: string;
}

/**
 * Makes the folders of all agents that are planned, with the genome that each was given.
 *
 * Needs read permission for the run and for `lib/runtime`, write permission for `agents`.
 *
 * @throws {StepFailed} If a genome that is to be handed on is lost.
 */
export async function makeFolders(step: StepContext, listing: Listing): Promise<void> {
  const planned = listing.all<Planned>(
    "SELECT id, kind, genome_hash FROM agents WHERE state = 'planned' ORDER BY ordinal",
  );
  if (planned.length === 0) return;
  const [make, { fromBytes }] = [await folderMaker(step.paths, listing), await import("../genome/bytes.ts")];
  for (let from = 0; from < planned.length; from += batch) {
    step.signal.throwIfAborted();
    const made: (() => void)[] = [];
    for (const agent of planned.slice(from, from + batch)) {
      const bytes = listing.blob(agent.genome_hash);
      if (!bytes) throw lost(agent);
      made.push(await step.stages.time("folder", () => make(agent, bytes, fromBytes(bytes) as Genome)));
    }
    listing.transaction(() => made.forEach((enter) => enter()));
    step.progress(Math.min(from + batch, planned.length), planned.length);
  }
}

type MakeFolder = (agent: Planned, bytes: Uint8Array, genome: Genome) => Promise<() => void>;

/** Makes one folder after another, and gives for each what enters it into the listing. */
async function folderMaker(paths: RunPaths, listing: Listing): Promise<MakeFolder> {
  const { wire } = await import("../wiring/wiring.ts");
  const { manifest } = await import("../wiring/manifest.ts");
  const hash = presentPool(listing);
  const { pool, code } = loadCopy(paths, hash);
  const former = new Set(formerPools(paths, hash).flatMap((one) => poolNames(loadPool(paths, one))));
  const runtime = await runtimeHash();
  return async ({ id, kind, genome_hash }, bytes, given) => {
    const fitted = fitToPool(given, pool, former);
    if (!fitted.ok) throw new StepFailed(fitted.issue);
    const { genome } = fitted.value;
    const wiring = wire(genome, pool);
    const key = await buildKey(wiring.mod, hash, runtime);
    const { stamp, wired } = createFolder(paths.agents, id, {
      genome: bytes,
      code,
      manifest: manifest(`${paths.agents}/${id}`, id),
      own: inboxOf(listing, id),
      ...wiring,
    });
    const values = [
      kind === "copy" ? "grown" : "unborn",
      hash,
      stamp,
      madeFrom(genome_hash, hash, runtime),
      wired,
      key,
    ];
    const metrics = JSON.stringify(metricsOf(genome, pool));
    return () => {
      listing.run(
        `UPDATE agents SET state = ?, code_hash = ?, stamp = ?, wired_from = ?, wired_stamp = ?, build_key = ?,
          genome_ok = 1, metrics = ?, metrics_of = genome_hash WHERE id = ? AND state = 'planned'`,
        ...values,
        metrics,
        id,
      );
    };
  };
}

/**
 * Removes the folders of the dead; what is worth keeping of them is in the listing and the store.
 *
 * Needs write permission for `agents`.
 */
export function buryDead(paths: RunPaths, listing: Listing): void {
  const dead = listing.all<{ id: string }>("SELECT id FROM agents WHERE status = 'dead' AND state != 'gone'");
  for (const { id } of dead) removeFolder(`${paths.agents}/${id}`);
  if (dead.length > 0) listing.run("UPDATE agents SET state = 'gone' WHERE status = 'dead' AND state != 'gone'");
}

function lost(agent: Planned): StepFailed {
  return new StepFailed({
    code: "genome.lost",
    message:
      `The genome that ${agent.id} was to be born with is not in the listing any more; restore it from a backup.`,
    path: agent.genome_hash,
  });
}
