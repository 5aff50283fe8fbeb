/**
 * QuickJS as a WebAssembly module: compiled once, instantiated for each agent, and what is called of it.
 *
 * @module
 */

import loader from "@jitl/quickjs-wasmfile-release-sync/emscripten-module";
import { compiled } from "./compiled.js";

/** A place in the memory of an instance. */
export type Pointer = number;

/** The functions that are used of those that an instance exports. */
interface Functions {
  _QTS_NewRuntime(): Pointer;
  _QTS_RuntimeSetMemoryLimit(runtime: Pointer, bytes: number): void;
  _QTS_RuntimeSetMaxStackSize(runtime: Pointer, bytes: number): void;
  _QTS_RuntimeEnableInterruptHandler(runtime: Pointer): void;
  _QTS_NewContext(runtime: Pointer, intrinsics: number): Pointer;
  _QTS_Eval(context: Pointer, code: Pointer, length: number, name: Pointer, module: number, flags: number): Pointer;
  _QTS_ResolveException(context: Pointer, value: Pointer): Pointer;
  _QTS_Dump(context: Pointer, value: Pointer): Pointer;
  _QTS_Call(context: Pointer, called: Pointer, self: Pointer, count: number, values: Pointer): Pointer;
  _QTS_GetProp(context: Pointer, thing: Pointer, name: Pointer): Pointer;
  _QTS_GetGlobalObject(context: Pointer): Pointer;
  _QTS_GetUndefined(): Pointer;
  _QTS_NewString(context: Pointer, text: Pointer): Pointer;
  _QTS_GetString(context: Pointer, value: Pointer): Pointer;
}

/** An instance with a memory of its own. */
export interface Instance extends Functions {
  /** All of its memory; another array after it has grown. */
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): Pointer;
  /** What it calls of its host. */
  callbacks: Readonly<Record<string, () => number>>;
}

/** Makes an instance; the package says less of its type. */
const load = loader as unknown as (options: {
  wasmMemory: WebAssembly.Memory;
  instantiateWasm(imports: WebAssembly.Imports, take: (made: WebAssembly.Instance) => void): WebAssembly.Exports;
}) => Promise<Instance>;

/** Bytes of a page of WebAssembly's memory. */
export const pageBytes = 65_536;

/** Pages that the module demands to begin with. */
export const leastPages = 256;

/**
 * A new instance in a new memory.
 *
 * @param interrupt Called each time that ten thousand branches and calls were taken; true ends what runs.
 */
export async function instantiate(memory: WebAssembly.Memory, interrupt: () => boolean): Promise<Instance> {
  const instance = await load({
    wasmMemory: memory,
    instantiateWasm(imports, take) {
      const made = new WebAssembly.Instance(compiled, imports);
      take(made);
      return made.exports;
    },
  });
  const none = () => {
    throw new TypeError("Cannot call the host as there must be nothing to call");
  };
  instance.callbacks = {
    shouldInterrupt: () => interrupt() ? 1 : 0,
    callFunction: none,
    loadModuleSource: none,
    normalizeModule: none,
    freeHostRef: none,
  };
  return instance;
}
