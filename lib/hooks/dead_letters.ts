/**
 * Dead letters: events that a hook was not given in the end, in `logs/dead-letters.ndjson`.
 *
 * The file is bounded: beyond 10 MB the older half goes.
 *
 * @module
 */

import { type EventType, eventTypes, type RunEvent } from "../records/events.ts";
import type { DeathOfLetter } from "../records/run.ts";
import { infoOf, writeFileAtomicSync } from "../util/files.ts";
import { type Issue, StepFailed } from "../util/issue.ts";
import { jsonLine } from "../util/json_line.ts";

/** An event that a hook was not given. */
export interface DeadLetter {
  /** Name of the hook's cursor. */
  readonly hook: string;
  /** The receiver, as records name it. */
  readonly to: string;
  readonly eventId: string;
  /** When it became one: time of day, ISO 8601. */
  readonly at: string;
  readonly reason: DeathOfLetter;
  /** Attempts that were made. */
  readonly attempts: number;
  /** What the last one came to. */
  readonly issue?: Issue;
  readonly event: RunEvent;
}

/** A line of the file: a letter, or what can't be read as one. */
export type LetterLine = DeadLetter | string;

const mostBytes = 10_000_000;

/** Where the dead letters of a run lie. */
export function deadLettersIn(logs: string): string {
  return `${logs}/dead-letters.ndjson`;
}

/**
 * Appends dead letters.
 *
 * Needs read and write permission for the folder, which is made where it is missing.
 *
 * @returns How many older ones had to go for them.
 * @throws {StepFailed} If something else than a file has the name.
 */
export function keepDeadLetters(logs: string, letters: readonly DeadLetter[]): number {
  const path = deadLettersIn(logs);
  Deno.mkdirSync(logs, { recursive: true });
  const size = sizeOf(path);
  const text = `${endsWhole(path, size) ? "" : "\n"}${letters.map(jsonLine).join("")}`;
  if (size + text.length <= mostBytes) {
    Deno.writeTextFileSync(path, text, { append: true });
    return 0;
  }
  const lines = `${size > 0 ? Deno.readTextFileSync(path) : ""}${text}`.split("\n").filter((line) => line !== "");
  let kept = lines.length;
  for (let length = 0; kept > 0 && length + lines[kept - 1]!.length < mostBytes / 2; kept--) {
    length += lines[kept - 1]!.length + 1;
  }
  writeFileAtomicSync(path, lines.slice(kept).map((line) => `${line}\n`).join(""));
  return kept;
}

/** The lines of the file, each letter once. Needs read permission for the folder. */
export function readDeadLetters(logs: string): LetterLine[] {
  const path = deadLettersIn(logs);
  if (sizeOf(path) === 0) return [];
  const lines = Deno.readTextFileSync(path).split("\n").filter((line) => line !== "");
  const known = new Map<string, LetterLine>();
  for (const line of lines) {
    const letter = letterOf(line);
    // A later line of the same letter has its last failure.
    known.set(typeof letter === "string" ? letter : `${letter.hook} ${letter.eventId}`, letter);
  }
  return [...known.values()];
}

/** Writes the file anew. Needs read and write permission for the folder. */
export function replaceDeadLetters(logs: string, lines: readonly LetterLine[]): void {
  const text = lines.map((line) => typeof line === "string" ? `${line}\n` : jsonLine(line)).join("");
  if (text === "") Deno.removeSync(deadLettersIn(logs));
  else writeFileAtomicSync(deadLettersIn(logs), text);
}

/** The user may have edited it: what is given to hooks must be an event, of which the rest is theirs to judge. */
function letterOf(line: string): LetterLine {
  try {
    const letter = JSON.parse(line) as DeadLetter;
    const { hook, eventId, attempts, event } = letter;
    const isLetter = [hook, eventId, event.at].every((text) => typeof text === "string") &&
      [attempts, event.number, event.cycle].every(Number.isSafeInteger) &&
      eventTypes.includes(event.type as EventType) && typeof event.data === "object" && event.data !== null;
    return isLetter ? letter : line;
  } catch {
    return line;
  }
}

/** Whether the last line is a whole one: a kill may have cut it short, and its letter comes again. */
function endsWhole(path: string, size: number): boolean {
  if (size === 0) return true;
  using file = Deno.openSync(path);
  file.seekSync(size - 1, Deno.SeekMode.Start);
  const last = new Uint8Array(1);
  file.readSync(last);
  return last[0] === 10;
}

/** Size of the file in bytes, 0 where there is none. */
function sizeOf(path: string): number {
  const info = infoOf(path);
  if (info && !info.isFile) {
    const message = "Cannot write dead letters as logs/dead-letters.ndjson must be a file: move away what is there.";
    throw new StepFailed({ code: "hooks.letters", message, path });
  }
  return info?.size ?? 0;
}
