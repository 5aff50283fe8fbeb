/**
 * Reads the records of a former step from stdin.
 *
 * @module
 */

import { expectedOnStdin, type StdinRecord } from "../records/schemas.ts";
import { Misuse } from "../util/issue.ts";

/** Longest line, in bytes. */
export const maxLineBytes = 1_048_576;
/** Most bytes in all. */
export const maxTotalBytes = 1_073_741_824;
const lineFeed = 10;

/**
 * The ids of the records in a stream of NDJSON, read to its end.
 *
 * Records with `id: null` or `ok: false` are passed over, and so are empty lines. Nothing but ids is kept.
 *
 * @throws {Misuse} If a line is no such record or exceeds the limits: names the line's number and what was expected.
 */
export async function readIds(stream: ReadableStream<Uint8Array>, limits = { maxLineBytes, maxTotalBytes }): Promise<
  Set<string>
> {
  const ids = new Set<string>();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let number = 0, total = 0, pending = 0;
  let parts: Uint8Array[] = [];
  const line = (last: Uint8Array) => {
    number++;
    if (pending + last.length > limits.maxLineBytes) throw badLine(number, `at most ${limits.maxLineBytes} bytes`);
    const bytes = parts.length === 0 ? last : concat([...parts, last], pending + last.length);
    [parts, pending] = [[], 0];
    const id = idOf(bytes, number, decoder);
    if (id !== undefined) ids.add(id);
  };
  for await (const chunk of stream) {
    total += chunk.length;
    if (total > limits.maxTotalBytes) throw badLine(number + 1, `at most ${limits.maxTotalBytes} bytes in all`);
    let from = 0;
    for (let to = chunk.indexOf(lineFeed); to >= 0; to = chunk.indexOf(lineFeed, from)) {
      line(chunk.subarray(from, to));
      from = to + 1;
    }
    if (from < chunk.length) {
      parts.push(chunk.slice(from));
      pending += chunk.length - from;
    }
    if (pending > limits.maxLineBytes) throw badLine(number + 1, `at most ${limits.maxLineBytes} bytes`);
  }
  if (pending > 0) line(new Uint8Array());
  return ids;
}

function idOf(bytes: Uint8Array, number: number, decoder: TextDecoder): string | undefined {
  const text = decode(bytes, number, decoder).trim();
  if (text === "") return undefined;
  const record = parse(text, number);
  const expected = expectedOnStdin(record);
  if (expected !== undefined) throw badLine(number, expected);
  const { id, ok } = record as StdinRecord;
  return id === null || ok === false ? undefined : id;
}

function decode(bytes: Uint8Array, number: number, decoder: TextDecoder): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw badLine(number, "text in UTF-8");
  }
}

function parse(text: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badLine(number, "a JSON object");
  }
}

function concat(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function badLine(number: number, expected: string): Misuse {
  return new Misuse({
    code: "stdin.line",
    message:
      `Cannot read line ${number} of stdin: expected ${expected}, such as {"id":"…","ok":true}. Nothing was done.`,
    path: `stdin:${number}`,
  });
}
