/** Backups made by hand, good and bad ones. */

import { packTar, type TarEntry } from "modern-tar";
import { sha256 } from "../../../lib/util/hash.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { readArchive } from "../../../lib/steps/backup/read_archive.ts";
import type { FileEntry, Manifest } from "../../../lib/steps/backup/format.ts";

/** A file of an archive; what is absent is that of a plain file. */
export interface Packed extends Partial<TarEntry["header"]> {
  readonly name: string;
  readonly text: string | Uint8Array;
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === "string" ? new TextEncoder().encode(text) : text;
}

/** An entry of the tar archive. */
export function entry({ text, ...header }: Packed): TarEntry {
  if (header.type !== undefined && header.type !== "file") return { header: { ...header, size: 0 } };
  const body = bytesOf(text);
  return { header: { size: body.length, type: "file", mtime: new Date(0), ...header }, body };
}

/** A manifest that lists these files. */
export async function manifestOf(files: readonly Packed[], changes: Record<string, unknown> = {}): Promise<string> {
  const listed: FileEntry[] = [];
  for (const { name, text } of files) {
    const bytes = bytesOf(text);
    listed.push({ path: name, size: bytes.length, sha256: await sha256(bytes) });
  }
  const manifest: Manifest = {
    format: "evolve-backup",
    version: 1,
    at: "2026-01-01T00:00:00.000Z",
    run: null,
    cycle: 3,
    agents: 2,
    files: listed,
  };
  return JSON.stringify({ ...manifest, ...changes });
}

/** The bytes of a tar archive with a manifest that lists these files. */
export async function tarOf(files: readonly Packed[], changes?: Record<string, unknown>): Promise<Uint8Array> {
  const manifest = { name: "manifest.json", text: await manifestOf(files, changes) };
  return await packTar([manifest, ...files].map(entry));
}

/** Compresses. */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = ReadableStream.from([bytes]).pipeThrough(new CompressionStream("gzip") as never);
  return new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
}

/** What came out of a backup: its files as text by path, or the code of the issue. */
export async function readOut(bytes: Uint8Array): Promise<Map<string, string> | string> {
  const files = new Map<string, string>();
  try {
    await readArchive(ReadableStream.from([bytes]), {
      begin: () => {},
      file({ path }) {
        let text = "";
        const decoder = new TextDecoder();
        return {
          write: (chunk) => void (text += decoder.decode(chunk, { stream: true })),
          end: () => void files.set(path, text),
          abandon: () => {},
        };
      },
    });
    return files;
  } catch (error) {
    if (error instanceof StepFailed && error.issue.code.startsWith("archive.")) return error.issue.code;
    throw error;
  }
}
