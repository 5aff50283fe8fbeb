/**
 * Uploads an export to an object store.
 *
 * @module
 */

import {
  difference,
  type ManifestFile,
  manifestName,
  readManifest,
  readManifestFiles,
} from "../../records/export_manifest.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { infoOf, readIfWhole } from "../../util/files.ts";
import { Misuse, StepFailed } from "../../util/issue.ts";
import { S3 } from "./s3.ts";
import { type S3Place, shownPlace } from "./s3_place.ts";

/** Longest `export.json` in bytes. */
const mostManifest = 1024 * 1024;

/** What is uploaded, and where to. */
export interface UploadOptions {
  /** Absolute path of an export. */
  readonly folder: string;
  readonly to: S3Place;
}

/**
 * Uploads the tables of an export, and emits an `upload.file` for each. In the place of a former one `export.json` goes first;
 * it comes last, so that a place that has it is whole.
 *
 * Needs read permission for the folder, net permission for the store and `env` for the variables that name it.
 *
 * @throws {Misuse} If the folder is no whole export, another export is at the place, or a variable is missing.
 * @throws {StepFailed} If the store refuses, or can't be reached, or the folder has become another one meanwhile.
 */
export async function upload(step: StepContext, { folder, to }: UploadOptions): Promise<Counts> {
  const manifest = textOf(folder);
  const files = filesOf(folder, manifest);
  const store = S3.of(to, step.signal);
  const former = await store.read(manifestName);
  if (former !== undefined) {
    demandReplaceable(to, former, manifest);
    await store.remove(manifestName);
  }
  for (const [at, { file, bytes }] of files.entries()) {
    step.progress(at, files.length);
    await store.write(file, `${folder}/${file}`);
    step.emit({ type: "upload.file", id: null, ok: true, file: shownPlace(to, file), bytes });
  }
  if (textOf(folder) !== manifest) throw changed(folder);
  await store.write(manifestName, `${folder}/${manifestName}`);
  return { updates: files.length, files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function textOf(folder: string): string {
  const bytes = readIfWhole(`${folder}/${manifestName}`, mostManifest);
  return bytes === undefined ? "" : new TextDecoder().decode(bytes);
}

/** The tables, which are all there. */
function filesOf(folder: string, manifest: string): readonly ManifestFile[] {
  const files = readManifestFiles(manifest);
  if (!files) throw unfit(folder, `there must be an ${manifestName} in it that \`deno task export\` has written`);
  for (const { file, bytes } of files) {
    const found = infoOf(`${folder}/${file}`);
    if (found?.isFile && found.size === bytes) continue;
    throw unfit(
      folder,
      `${file} must be a file of ${bytes} bytes: ${found ? `it has ${found.size}` : "it is missing"}`,
    );
  }
  return files;
}

function demandReplaceable(place: S3Place, former: string, manifest: string): void {
  const found = readManifest(former);
  if (found && difference(found, readManifest(manifest)!) === undefined) return;
  throw new Misuse({
    code: "upload.exists",
    message:
      `Cannot upload to ${shownPlace(place)} as there must be no ${manifestName}, or that of an export of the same ` +
      "run in the same format; give it another prefix.",
    path: shownPlace(place),
  });
}

function unfit(folder: string, why: string): Misuse {
  return new Misuse({ code: "upload.folder", message: `Cannot upload ${folder} as ${why}.`, path: folder });
}

function changed(folder: string): StepFailed {
  return new StepFailed({
    code: "upload.changed",
    message:
      `Cannot end the upload of ${folder} as it must stay as it is meanwhile: another export has taken its place. ` +
      "Run the step again.",
    path: folder,
  });
}
