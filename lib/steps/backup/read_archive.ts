/**
 * Reads a backup, which may come from anywhere.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { createTarDecoder, type ParsedTarEntry } from "modern-tar";
import { StepFailed } from "../../util/issue.ts";
import { archiveLimits, type FileEntry, type Manifest, manifestPath, parseManifest, refuse, shown } from "./format.ts";

/** Takes what a backup holds, in its order. */
export interface ArchiveSink {
  /** Called first; may throw to refuse the backup. */
  begin(manifest: Manifest): void | Promise<void>;
  /** Called with each file; what it has been given is proved to be whole only when {@linkcode FileSink.end} is called. */
  file(entry: FileEntry): FileSink | Promise<FileSink>;
}

/** Takes the bytes of one file. */
export interface FileSink {
  write(bytes: Uint8Array): void | Promise<void>;
  /** The file was whole. */
  end(): void | Promise<void>;
  /** It was not, or the sink has failed. */
  abandon(): void | Promise<void>;
}

/**
 * Reads a backup to its end, in bounded memory: each file must be the one that the manifest names at its place, of its
 * size and hash, and nothing may follow.
 *
 * @throws {StepFailed} With a code that begins with `archive.`, if it is not; and whatever the sink throws.
 */
export async function readArchive(bytes: ReadableStream<Uint8Array>, sink: ArchiveSink): Promise<Manifest> {
  const unpacked = bytes.pipeThrough(new DecompressionStream("gzip") as TransformStream<Uint8Array, Uint8Array>);
  const entries = unpacked.pipeThrough(createTarDecoder({ strict: true })).getReader();
  try {
    const manifest = parseManifest(await readWhole(await next(entries, manifestPath)));
    await sink.begin(manifest);
    for (const file of manifest.files) await readFile(await next(entries, file.path), file, sink);
    const { value } = await guarded(() => entries.read());
    if (value) throw refuse("archive.path", `it must not hold ${shown(value.header.name)}`);
    return manifest;
  } finally {
    await entries.cancel().catch(() => {});
  }
}

type Entries = ReadableStreamDefaultReader<ParsedTarEntry>;

async function next(entries: Entries, path: string): Promise<ParsedTarEntry> {
  const { value } = await guarded(() => entries.read());
  if (!value) throw refuse("archive.short", `it must hold ${path}`);
  const { name, type, linkname } = value.header;
  if (type !== "file" || linkname) throw refuse("archive.link", `${shown(name)} must be a file`);
  if (name !== path) throw refuse("archive.path", `it must hold ${path} where it holds ${shown(name)}`);
  return value;
}

async function readWhole({ header, body }: ParsedTarEntry): Promise<Uint8Array> {
  if (header.size > archiveLimits.manifest) {
    throw refuse("archive.size", `its manifest must have at most ${archiveLimits.manifest} bytes`);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of chunksOf(body)) chunks.push(chunk);
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

async function readFile({ header, body }: ParsedTarEntry, file: FileEntry, sink: ArchiveSink): Promise<void> {
  if (header.size !== file.size) throw refuse("archive.size", `${file.path} must have the size that is recorded`);
  const place = await sink.file(file);
  try {
    const hash = createHash("sha256");
    for await (const chunk of chunksOf(body)) {
      hash.update(chunk);
      await place.write(chunk);
    }
    if (hash.digest("hex") !== file.sha256) {
      throw refuse("archive.hash", `${file.path} must have the hash that is recorded`);
    }
  } catch (error) {
    await place.abandon();
    throw error;
  }
  await place.end();
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { value, done } = await guarded(() => reader.read());
    if (done) return;
    yield value;
  }
}

/** Whatever the decompressor or the decoder makes of bad bytes, it is the backup that is damaged. */
async function guarded<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StepFailed) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw refuse("archive.damaged", `it is cut off or damaged (${why.slice(0, 200)})`, error);
  }
}

/** A sink that keeps nothing: to prove that a backup is whole. */
export const nowhere: ArchiveSink = {
  begin: () => {},
  file: () => ({ write: () => {}, end: () => {}, abandon: () => {} }),
};
