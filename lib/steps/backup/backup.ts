/**
 * Makes a backup of a run.
 *
 * @module
 */

import { backup as copyDatabase } from "node:sqlite";
import { presentCycle } from "../../db/cycle.ts";
import { Listing } from "../../db/listing.ts";
import { type Issue, Misuse } from "../../util/issue.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { infoOf } from "../../util/files.ts";
import { format, formatVersion, type Manifest } from "./format.ts";
import { pluginSources } from "./plugins.ts";
import { nowhere, readArchive } from "./read_archive.ts";
import { gatherSources } from "./sources.ts";
import { describeSources, writeArchive } from "./write_archive.ts";

/**
 * Writes a backup of a run into a file, and reads it again to prove that it is whole.
 *
 * Takes no lock: steps may be at work meanwhile. What the backup holds is the run as it was at one instant between two
 * transactions. Needs read permission for the run, read and write permission for the file's folder.
 *
 * @param file Where to write it; there must be no such file.
 * @throws {Misuse} If there is.
 */
export async function backup(step: StepContext, file: string): Promise<Counts> {
  if (infoOf(file)) throw taken(file);
  const [snapshotFile, beside] = [`${file}.tmp-${Deno.pid}-listing`, `${file}.tmp-${Deno.pid}`];
  try {
    const { manifest, leftOut } = await write(step, snapshotFile, beside);
    await removeAll(databaseFiles(snapshotFile));
    await readArchive((await Deno.open(beside)).readable, nowhere);
    const { size } = await Deno.stat(beside);
    // The last of all: killed before, nothing bears the name, and the same command does it all again.
    await Deno.rename(beside, file);
    const { files, cycle, agents, at } = manifest;
    step.emit({
      type: "backup.written",
      id: null,
      ok: true,
      file,
      bytes: size,
      files: files.length,
      cycle,
      agents,
      at,
    });
    for (const issue of leftOut) {
      step.say(issue.message);
      step.emit({ type: "backup.plugin", id: null, ok: false, issue });
    }
    return { updates: 1, files: files.length, bytes: size };
  } catch (error) {
    await removeAll([beside, ...databaseFiles(snapshotFile)]);
    throw error;
  }
}

async function removeAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) await Deno.remove(path).catch(() => {});
}

/** What came to be written. */
interface Written {
  readonly manifest: Manifest;
  /** What of `plugins/` was left out. */
  readonly leftOut: readonly Issue[];
}

async function write(step: StepContext, snapshotFile: string, beside: string): Promise<Written> {
  const { paths } = step;
  using live = Listing.open(paths.listing, { readOnly: true });
  // All pages in one go: a read transaction, which no writer disturbs and which disturbs no writer.
  await copyDatabase(live.db, snapshotFile, { rate: 2 ** 31 - 1 });
  using snapshot = Listing.open(snapshotFile);
  // One file instead of three, and none that changes while it is read.
  snapshot.db.exec("PRAGMA journal_mode = DELETE");
  const plugins = pluginSources();
  const sources = await gatherSources(paths, snapshot, live, snapshotFile, plugins.sources);
  step.signal.throwIfAborted();
  const manifest: Manifest = {
    format,
    version: formatVersion,
    at: new Date().toISOString(),
    run: paths.name ?? null,
    cycle: presentCycle(snapshot),
    agents: snapshot.get<{ n: number }>("SELECT count(*) AS n FROM agents")!.n,
    files: await describeSources(sources),
  };
  await writeArchive(beside, manifest, sources);
  return { manifest, leftOut: plugins.issues };
}

function databaseFiles(path: string): string[] {
  return [path, `${path}-wal`, `${path}-shm`, `${path}-journal`];
}

function taken(path: string): Misuse {
  return new Misuse({
    code: "backup.exists",
    message: "Cannot write the backup as there must be no such file yet; give it another name.",
    path,
  });
}
