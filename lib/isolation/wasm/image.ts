/**
 * The memory of an engine that has been made ready, to begin others with: to copy it takes a tenth of the time.
 *
 * @module
 */

import { type Instance, instantiate, leastPages, pageBytes, type Pointer } from "./quickjs.ts";

/** What an engine may use. */
export interface EngineLimits {
  /** Memory in MiB. */
  readonly memoryMiB: number;
  /** Stack in KiB. */
  readonly stackKiB: number;
  /** Whether it is made ready with data, which does not count. */
  readonly hasData: boolean;
}

/** What is copied of a memory. */
interface Piece {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** An engine as it was at one instant. */
export interface Image {
  readonly pages: number;
  readonly mostPages: number;
  readonly pieces: readonly Piece[];
  /** Its context: places are the same in every instance that begins with this image. */
  readonly context: Pointer;
  /** What {@linkcode takeImage} was given back. */
  readonly kept: Pointer;
}

/** Memory beyond that of the engine's heap: its stack, its constants, and what the allocator wastes, in MiB. */
const overheadMiB = 24;

/** Memory that an engine may take to be made ready with data, in MiB. */
const dataMiB = 1536;

/** Bytes that are looked at together. */
const grain = 4096;

/**
 * Makes an engine ready and takes its image.
 *
 * @param prepare What is to be done in it first; gives a value to be kept.
 */
export async function takeImage(
  { memoryMiB, stackKiB, hasData }: EngineLimits,
  prepare: (instance: Instance, context: Pointer) => Pointer,
): Promise<Image> {
  const ownPages = (memoryMiB + overheadMiB) * 1024 * 1024 / pageBytes;
  const readyPages = hasData ? Math.max(ownPages, dataMiB * 1024 * 1024 / pageBytes) : ownPages;
  const memory = new WebAssembly.Memory({ initial: leastPages, maximum: readyPages });
  const instance = await instantiate(memory, () => false);
  const touched = grainsOf(memory);
  const runtime = instance._QTS_NewRuntime();
  if (!hasData) instance._QTS_RuntimeSetMemoryLimit(runtime, memoryMiB * 1024 * 1024);
  instance._QTS_RuntimeSetMaxStackSize(runtime, stackKiB * 1024);
  instance._QTS_RuntimeEnableInterruptHandler(runtime);
  const context = instance._QTS_NewContext(runtime, 0);
  const kept = prepare(instance, context);
  const dataPages = hasData ? memory.buffer.byteLength / pageBytes - leastPages : 0;
  if (hasData) instance._QTS_RuntimeSetMemoryLimit(runtime, memoryMiB * 1024 * 1024 + dataPages * pageBytes);
  // What an instance begins with is overwritten too, also by zeros.
  for (const at of grainsOf(memory)) touched.add(at);
  const pieces = [...touched].sort((a, b) => a - b).map((at) => ({
    at,
    bytes: new Uint8Array(memory.buffer, at, grain).slice(),
  }));
  return { pages: memory.buffer.byteLength / pageBytes, mostPages: ownPages + dataPages, pieces, context, kept };
}

/** A new instance in a new memory that begins as an image. */
export async function beginAs(image: Image, interrupt: () => boolean): Promise<Instance> {
  const memory = new WebAssembly.Memory({ initial: image.pages, maximum: image.mostPages });
  const instance = await instantiate(memory, interrupt);
  const bytes = new Uint8Array(memory.buffer);
  for (const piece of image.pieces) bytes.set(piece.bytes, piece.at);
  return instance;
}

/** Where a memory holds anything but zeros. */
function grainsOf({ buffer }: WebAssembly.Memory): Set<number> {
  const found = new Set<number>();
  const words = new BigUint64Array(buffer);
  const step = grain / 8;
  for (let from = 0; from < words.length; from += step) {
    for (let i = from; i < from + step; i++) {
      if (words[i] === 0n) continue;
      found.add(from * 8);
      break;
    }
  }
  return found;
}
