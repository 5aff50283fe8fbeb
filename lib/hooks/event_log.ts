/**
 * The log of events: `logs/events.ndjson`, one line each, without a gap and without a repetition.
 *
 * A kill may come between the writing of lines and the moving of the cursor, so the last number in the file
 * counts as well: what stands there is not written again, and half a line is cut off first.
 *
 * @module
 */

import type { RunEvent } from "../records/events.ts";
import { infoOf } from "../util/files.ts";
import type { Listing } from "../db/listing.ts";
import { StepFailed } from "../util/issue.ts";
import { jsonLine } from "../util/json_line.ts";
import { cursor, logCursor, moveCursor } from "../db/cursors.ts";
import { mostData, readEvents } from "../db/read_events.ts";

const batch = 500;
const mostBytes = 20_000_000;
const kept = 3;

/** Where the log lies, and what is to be written. */
export interface EventLogOptions {
  /** The run's `logs/`; made where it is missing. */
  readonly folder: string;
  /** Number of the last event to write. */
  readonly upTo: number;
  readonly signal: AbortSignal;
  /** Called with each event once its line is written. */
  readonly onWritten: (event: RunEvent) => void;
}

/**
 * Appends the events that the log does not have yet. A log of more than 20 MB is put aside as `events.1.ndjson`
 * before, former ones up to `events.3.ndjson`.
 *
 * Needs read and write permission for the folder.
 *
 * @throws {StepFailed} If something else than a file has the log's name.
 */
export function writeEventLog(listing: Listing, { folder, upTo, signal, onWritten }: EventLogOptions): void {
  let after = cursor(listing, logCursor) ?? 0;
  if (after >= upTo) return;
  Deno.mkdirSync(folder, { recursive: true });
  const path = `${folder}/events.ndjson`;
  using file = openLog(folder, path);
  // Not of the open file: Deno then demands permission for where links lead, such as a folder of runs on another disk.
  const length = sizeOf(path);
  const tail = readTail(file, length);
  file.truncateSync(tail.end);
  file.seekSync(tail.end, Deno.SeekMode.Start);
  if (tail.number > after) moveCursor(listing, logCursor, after = tail.number);
  while (after < upTo && !signal.aborted) {
    const events = readEvents(listing, after, upTo, batch);
    if (events.length === 0) break;
    writeFully(file, events.map(jsonLine).join(""));
    after = events.at(-1)!.number;
    moveCursor(listing, logCursor, after);
    events.forEach(onWritten);
  }
}

/**
 * Demands that the log can be written: a chain asks before its first evaluation, not after each cycle.
 *
 * Needs read and write permission for the folder, which is made where it is missing.
 *
 * @throws {StepFailed} If something else than a file has the log's name.
 * @throws If the folder can't be made, such as where it is a link to nothing.
 */
export function demandEventLog(folder: string): void {
  Deno.mkdirSync(folder, { recursive: true });
  sizeOf(`${folder}/events.ndjson`);
}

function openLog(folder: string, path: string): Deno.FsFile {
  const size = sizeOf(path);
  for (let i = kept; size > mostBytes && i >= 1; i--) {
    const from = i === 1 ? path : `${folder}/events.${i - 1}.ndjson`;
    if (sizeOf(from) > 0) Deno.renameSync(from, `${folder}/events.${i}.ndjson`);
  }
  return Deno.openSync(path, { read: true, write: true, create: true });
}

/** Size of a file in bytes, 0 where there is none. */
function sizeOf(path: string): number {
  const info = infoOf(path);
  if (!info || info.isFile) return info?.size ?? 0;
  throw new StepFailed({ code: "events.log", message: "Cannot write the log of events as it must be a file.", path });
}

/** Where the last whole line ends, and the number of its event; 0 where there is none. */
function readTail(file: Deno.FsFile, length: number): { readonly end: number; readonly number: number } {
  // Texts may take three bytes a character, and numbers, names and times stand besides.
  const tail = new Uint8Array(Math.min(length, 2 * (3 * mostData + 1024)));
  file.seekSync(length - tail.length, Deno.SeekMode.Start);
  for (let at = 0; at < tail.length;) at += file.readSync(tail.subarray(at)) ?? tail.length;
  const last = tail.lastIndexOf(10);
  if (last < 0) return { end: length - tail.length, number: 0 };
  const line = new TextDecoder().decode(tail.subarray(tail.lastIndexOf(10, last - 1) + 1, last));
  return { end: length - tail.length + last + 1, number: numberOf(line) };
}

function numberOf(line: string): number {
  try {
    const { number } = JSON.parse(line);
    return Number.isSafeInteger(number) ? number : 0;
  } catch {
    return 0; // Another program wrote it; the cursor alone counts then.
  }
}

function writeFully(file: Deno.FsFile, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
}
