/**
 * Attacks by backups, which may come from anybody.
 *
 * @module
 */

import { restore } from "../../lib/steps/backup/restore.ts";
import { StepFailed } from "../../lib/util/issue.ts";
import { gzip, type Packed, readOut, tarOf } from "../steps/backup/made_archive.ts";
import { MadeRun, madeStep } from "../steps/supervise/made_run.ts";
import { type Attack, type Observed, stops } from "./attack.ts";
import { folder } from "./sandbox.ts";

/** An attack by a backup. */
export interface ArchiveAttack {
  readonly goal: string;
  readonly way: string;
  /** The bytes of the backup. */
  readonly bytes: () => Promise<Uint8Array>;
  /** Code of the issue that it must meet. */
  readonly by: string;
  /** What meets it. @default what reads the archive */
  readonly meets?: () => Promise<Observed>;
}

/** An attack by a backup, tried on what reads it and on `restore`. */
export function archiveAttack({ goal, way, bytes, by, meets }: ArchiveAttack): Attack {
  return {
    goal,
    way,
    alone: { decoding: { ...stops(by), run: meets ?? (async () => readAs(await readOut(await bytes()))) } },
    shipped: { ...stops(by), run: async () => await restored(await bytes()) },
  };
}

/** A backup with these files after a manifest that lists them. */
export async function packed(files: readonly Packed[], changes?: Record<string, unknown>): Promise<Uint8Array> {
  return await gzip(await tarOf(files, changes));
}

function readAs(files: Map<string, string> | string): Observed {
  return typeof files === "string"
    ? { succeeded: false, how: files }
    : { succeeded: true, how: [...files.keys()].join() };
}

async function restored(bytes: Uint8Array): Promise<Observed> {
  const root = await Deno.makeTempDir({ dir: folder });
  await Deno.writeFile(`${root}/backup.tar.gz`, bytes);
  const run = new MadeRun(`${root}/run`);
  await Deno.mkdir(run.paths.workspace, { recursive: true });
  try {
    await restore(madeStep(run), `${root}/backup.tar.gz`, { force: false, hooks: "keep" });
    return { succeeded: true, how: "it was restored" };
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    const left = [run.paths.listing, run.paths.config, run.paths.agents].filter((path) => exists(path));
    return { succeeded: left.length > 0, how: `${error.issue.code}: ${error.issue.message} ${left}` };
  }
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
