/**
 * What it costs an engine to begin with the data of a world.
 *
 * @module
 */

import type { DataCost } from "../data.ts";
import { Context } from "./context.ts";
import { beginAs, takeImage } from "./image.ts";
import { pageBytes } from "./quickjs.ts";

/** What an engine does with the data when it is made ready. */
const loading = `(text) => {
  const frozen = (thing) => {
    if (typeof thing !== "object" || thing === null) return thing;
    for (const key of Object.keys(thing)) frozen(thing[key]);
    return Object.freeze(thing);
  };
  globalThis.data = frozen(JSON.parse(text));
}`;

/**
 * What it costs to begin an engine with data beyond what an empty one costs: engines are made ready in this process.
 *
 * Needs read permission for the package of the engine.
 *
 * @param line The data as an engine is given it.
 */
export async function measureImage(line: string): Promise<DataCost> {
  const [empty, whole] = [await begun('{"data":{}}'), await begun(line)];
  return { ms: Math.max(0, whole.ms - empty.ms), memoryMiB: whole.memoryMiB - empty.memoryMiB };
}

async function begun(line: string): Promise<DataCost> {
  const image = await takeImage({ memoryMiB: 16, stackKiB: 2048, hasData: true }, (instance, pointer) => {
    const context = new Context(instance, pointer);
    return context.call(context.evaluate(loading), context.text(line));
  });
  const began = performance.now();
  await beginAs(image, () => false);
  return { ms: performance.now() - began, memoryMiB: Math.ceil(image.pages * pageBytes / 1024 / 1024) };
}
