/**
 * Uploads an export.
 *
 * @module
 */

import { isSameExport, type Manifest, manifestName, readManifest } from "./destination.ts";
import { Misuse } from "../../util/issue.ts";
import { S3 } from "./s3.ts";
import { type S3Place, shownPlace } from "./s3_place.ts";

/**
 * Has a folder filled beside everything else, and uploads what is in it; `export.json` goes first and comes last, so that a
 * place that has it is whole.
 *
 * Needs read and write permission for the folder of temporary files, net permission for the store and `env` for the
 * variables that name it.
 *
 * @param fill Writes into the folder that it is given.
 * @throws {Misuse} If another export is at the place, or a variable is missing.
 * @throws {StepFailed} If the store refuses, or can't be reached.
 */
export async function uploadFolder<T>(
  place: S3Place,
  manifest: Manifest,
  signal: AbortSignal,
  fill: (folder: string) => Promise<T>,
): Promise<T> {
  const store = S3.of(place, signal);
  const former = await store.read(manifestName);
  if (former !== undefined && !isSameExport(readManifest(former), manifest)) throw taken(place);
  const folder = await Deno.makeTempDir({ prefix: "evolve-export-" });
  try {
    const filled = await fill(folder);
    if (former !== undefined) await store.remove(manifestName);
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name !== manifestName).sort();
    for (const name of [...names, manifestName]) await store.write(name, `${folder}/${name}`);
    return filled;
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

function taken(place: S3Place): Misuse {
  return new Misuse({
    code: "export.exists",
    message:
      `Cannot export to ${shownPlace(place)} as there must be no ${manifestName}, or that of an export of the same ` +
      "run in the same format; give it another prefix.",
    path: shownPlace(place),
  });
}
