/** Hands a decoder many inputs, and sees that none throws what it may not, takes long, or takes much memory. */

import { assert } from "@std/assert";
import fc from "fast-check";
import type { Decoder } from "./decoder.ts";

/** What became of the inputs. */
export interface Worked {
  readonly inputs: number;
  readonly accepted: number;
  /** The longest time of an input, and that of the largest valid one, in milliseconds. */
  readonly slowestMs: number;
  readonly largestMs: number;
  /** The most that the process held, in MiB. */
  readonly residentMiB: number;
}

/**
 * How many times as long any input may take as the largest valid one, or as one of its own size, or as `JSON.parse` takes
 * for the densest text of its size: it may be odder.
 */
const patience = 10;

/** What takes less needn't be looked at: so many milliseconds are no hang. */
const brief = 5;

/** Which inputs, and who is told how far they are. */
export interface WorkOptions {
  readonly seed: number;
  readonly onProgress?: (soFar: Worked) => void;
}

/** Decodes so many inputs; throws with the input, made as small as can be, where one is not borne. */
export async function decodeMany(decoder: Decoder, count: number, options: WorkOptions): Promise<Worked> {
  const largestMs = await leastOf(decoder, decoder.largest, 5);
  const perByte = Math.max(largestMs / decoder.largest.length, msPerByteOfJson());
  const most = (bytes: Uint8Array) => Math.max(brief, patience * largestMs, patience * perByte * bytes.length);
  assert(await decoder.decode(decoder.largest), "the largest valid input is accepted");
  let accepted = 0, slowestMs = 0, resident = 0, inputs = 0;
  const soFar = () => ({ inputs, accepted, slowestMs, largestMs, residentMiB: Math.ceil(resident / 1_048_576) });
  await fc.assert(
    fc.asyncProperty(decoder.inputs, async (bytes) => {
      const began = performance.now();
      if (await decoder.decode(bytes)) accepted++;
      let ms = performance.now() - began;
      // A busy machine takes its time; a slow input is slow again.
      if (ms > most(bytes)) ms = await leastOf(decoder, bytes, 5);
      assert(ms <= most(bytes), `it took ${ms} ms, and the largest valid input ${largestMs} ms`);
      slowestMs = Math.max(slowestMs, ms);
      if (++inputs % 500 > 0) return;
      resident = Math.max(resident, Deno.memoryUsage().rss);
      options.onProgress?.(soFar());
    }),
    { numRuns: count, seed: options.seed, reporter: tell },
  );
  return soFar();
}

function tell({ failed, counterexample, errorInstance, numRuns }: fc.RunDetails<[Uint8Array]>): void {
  if (!failed) return;
  const [bytes] = counterexample!;
  const input = `${bytes.length} bytes, in base64 ${bytes.toBase64().slice(0, 600)}`;
  throw new Error(`Input ${numRuns} is not borne: ${input}: ${errorInstance}`, { cause: errorInstance });
}

function msPerByteOfJson(): number {
  const text = `[${"[[[0]]],".repeat(60_000)}0]`;
  const began = performance.now();
  JSON.parse(text);
  return (performance.now() - began) / text.length;
}

async function leastOf(decoder: Decoder, bytes: Uint8Array, times: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    await decoder.decode(bytes);
    least = Math.min(least, performance.now() - began);
  }
  return least;
}
