/**
 * Says in numbers how a run is doing, for Prometheus.
 *
 * @module
 */

import { Listing } from "../../db/listing.ts";
import { holderOf, lockFiles } from "../../run/lock.ts";
import { projectRoot, type RunPaths } from "../../run/paths.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { diskUse } from "../../util/disk_use.ts";
import { writeFileAtomic } from "../../util/files.ts";
import { type Issue, Misuse } from "../../util/issue.ts";
import { exposition, type Family } from "./exposition.ts";
import { familiesOf } from "./families.ts";

const keys = `${projectRoot}/workspace/keys`;

/**
 * Writes the metrics of a run in Prometheus' text format to stdout, or into a file, which is written beside and renamed:
 * a collector never reads half of it.
 *
 * Takes no lock: the listing is read within one snapshot. Needs read permission for the listing, its write-ahead log and
 * all folders of the run, to write a file permission for its folder, and `sys: statfs`.
 *
 * @param file Absolute path; absent: stdout.
 * @throws {Misuse} If the file's folder is not there.
 */
export async function metrics(step: StepContext, file: string | undefined): Promise<Counts> {
  const { paths } = step;
  const families = [...read(paths.listing), ...await disk(paths), atWork(paths)];
  const text = exposition(families, { run: paths.name ?? "(top)" });
  if (file === undefined) step.print(text);
  else await writeFile(file, text);
  return { updates: 0, metrics: families.filter(({ samples }) => samples.length > 0).length };
}

function read(path: string): Family[] {
  using listing = Listing.open(path, { readOnly: true });
  listing.db.exec("BEGIN");
  try {
    return familiesOf(listing);
  } finally {
    listing.db.exec("COMMIT");
  }
}

async function disk(paths: RunPaths): Promise<Family[]> {
  const { statfs } = await import("node:fs/promises");
  const { bsize, bavail } = await statfs(paths.workspace);
  return [
    {
      name: "evolve_disk_bytes",
      type: "gauge",
      help: "What the run takes of the disk, by folder.",
      samples: (["agents", "logs", "workspace"] as const).map((folder) => ({
        labels: { folder },
        value: diskUse(paths[folder], keys),
      })),
    },
    {
      name: "evolve_disk_free_bytes",
      type: "gauge",
      help: "What is free on the disk of the run's listing.",
      samples: [{ value: bsize * bavail }],
    },
  ];
}

function atWork(paths: RunPaths): Family {
  const { run, step } = lockFiles(paths);
  const isHeld = [run, step].some((file) => holderOf(file) !== undefined);
  const help = "1 where a step is at work on the run, else 0.";
  return { name: "evolve_at_work", type: "gauge", help, samples: [{ value: isHeld ? 1 : 0 }] };
}

async function writeFile(file: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(file, text);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    const issue: Issue = {
      code: "metrics.folder",
      message: `Cannot write ${file} as its folder must be there: make it, or take another one.`,
      path: file,
    };
    throw new Misuse(issue, { cause: error });
  }
}
