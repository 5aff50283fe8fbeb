/**
 * The data of a template: handed in once for a whole process or engine, and the same for all episodes.
 *
 * A process is given it as a line of its own, before all requests. An engine without Deno is given it as a text in the
 * global object before this is loaded: the hardened realm removes it.
 *
 * @module
 */

import type { WorldData } from "./contract.ts";
import { deepFreeze } from "./freeze.ts";
import type { Process } from "./io.ts";

/** What the line of data begins with. */
const head = '{"data":';

/** The global by which an engine without Deno is given that line. */
export const dataGlobal = "__data";

let data: WorldData = deepFreeze({});

/** The data of the world, or nothing of it where none was handed in. */
export function worldData(): WorldData {
  return data;
}

/** Holds a frozen copy of data from now on. */
export function holdData(given: WorldData): void {
  data = deepFreeze(JSON.parse(JSON.stringify(given)));
}

/** Whether a line is that of data: then it is taken in. */
export function takesData(line: string): boolean {
  if (!line.startsWith(head)) return false;
  ({ data } = deepFreeze(JSON.parse(line)));
  return true;
}

/** The next line that is no data, or undefined at the end of the input; data before it is taken in. */
export function readRequest(process: Process): string | undefined {
  for (;;) {
    const line = process.read();
    if (line === undefined || !takesData(line)) return line;
  }
}

const given: unknown = (globalThis as Record<string, unknown>)[dataGlobal];
if (typeof given === "string") takesData(given);
