/**
 * Writes a backup.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { createTarPacker, type TarPackController } from "modern-tar";
import { type FileEntry, type Manifest, manifestPath } from "./format.ts";

/** A file that goes into a backup. */
export interface Source {
  /** Its path in the backup. */
  readonly path: string;
  /** Where it lies, or its bytes. */
  readonly content: string | Uint8Array;
}

/**
 * Size and hash of each source; they must not change any more.
 *
 * Needs read permission for them.
 */
export async function describeSources(sources: readonly Source[]): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  for (const source of sources) {
    const hash = createHash("sha256");
    let size = 0;
    for await (const chunk of await open(source)) {
      hash.update(chunk);
      size += chunk.length;
    }
    entries.push({ path: source.path, size, sha256: hash.digest("hex") });
  }
  return entries;
}

/**
 * Writes a backup into a file and flushes it to the disk.
 *
 * Needs read permission for the sources and write permission for the file, which must not exist.
 *
 * @param sources What the manifest's files are, in the same order.
 */
export async function writeArchive(path: string, manifest: Manifest, sources: readonly Source[]): Promise<void> {
  const { readable, controller } = createTarPacker();
  using file = await Deno.open(path, { write: true, createNew: true });
  const packed = readable.pipeThrough(new CompressionStream("gzip") as TransformStream<Uint8Array, Uint8Array>);
  await Promise.all([drain(packed, file), pack(controller, manifest, sources)]);
  await file.sync();
}

async function pack(controller: TarPackController, manifest: Manifest, sources: readonly Source[]): Promise<void> {
  try {
    const text = new TextEncoder().encode(JSON.stringify(manifest));
    const mtime = new Date(manifest.at);
    await add(controller, { path: manifestPath, content: text }, text.length, mtime);
    for (const [i, source] of sources.entries()) await add(controller, source, manifest.files[i]!.size, mtime);
    controller.finalize();
  } catch (error) {
    controller.error(error);
    throw error;
  }
}

async function add(controller: TarPackController, source: Source, size: number, mtime: Date): Promise<void> {
  const body = controller.add({ name: source.path, size, type: "file", mode: 0o644, mtime });
  await (await open(source)).pipeTo(body);
}

async function open({ content }: Source): Promise<ReadableStream<Uint8Array>> {
  if (typeof content === "string") return (await Deno.open(content)).readable;
  return ReadableStream.from([content]);
}

async function drain(stream: ReadableStream<Uint8Array>, file: Deno.FsFile): Promise<void> {
  for await (const chunk of stream) {
    for (let done = 0; done < chunk.length;) done += await file.write(chunk.subarray(done));
  }
}
