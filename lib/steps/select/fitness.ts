/**
 * Fitness: what selection compares, from the measures of a result.
 *
 * @module
 */

import type { Config } from "../../run/config_schema.ts";
import { weighing } from "../../selection/weights.ts";
import { StepFailed } from "../../util/issue.ts";
import type { Measured } from "./measured.ts";
import { Plugin, type PluginHost, unexpected } from "./plugin.ts";

/** Gives many results their fitness, in their order: numbers, or in words what a module gave instead. */
export interface Judge extends Disposable {
  /** What gives the fitness, in words for messages. */
  readonly source: string;
  of(results: readonly Measured[]): Promise<readonly (number | string)[]>;
}

/**
 * The fitness that a configuration asks for: that of its module, or of the weighted sums of named measures.
 *
 * Needs read permission for `plugins/` where a module is named.
 *
 * @throws {Misuse} If there is no such module. The judge throws it for a measure that a result lacks.
 * @throws {StepFailed} If the module can't be loaded. The judge throws it if the module throws, ends or takes too long.
 */
export async function fitnessOf(options: Config["fitness"], host: PluginHost): Promise<Judge> {
  const { module } = options;
  if (module !== undefined) {
    const plugin = await Plugin.load(
      module,
      "fitness.module",
      (shape) => shape.type === "function" ? undefined : unexpected(shape),
      host,
    );
    return {
      source: "the module",
      of: (results) => ofModule(plugin, results),
      [Symbol.dispose]: () => plugin[Symbol.dispose](),
    };
  }
  const weigh = weighing(options);
  return {
    source: "the weighted sum",
    of: (results) => Promise.resolve(results.map(weigh)),
    [Symbol.dispose]: () => {},
  };
}

/** Results that are sent to a module at once. */
const batch = 1000;

async function ofModule(plugin: Plugin, results: readonly Measured[]): Promise<(number | string)[]> {
  const all: (number | string)[] = [];
  for (let begin = 0; begin < results.length; begin += batch) {
    const some = results.slice(begin, begin + batch).map(({ id, score, measures, metrics, trials }) => ({
      id,
      score,
      measures,
      metrics,
      trials,
    }));
    const values = await plugin.ask({ kind: "fitness", results: some });
    if (!Array.isArray(values) || values.length !== some.length) {
      const message = `Cannot select as the module ${plugin.path} must give one fitness for each result.`;
      throw new StepFailed({ code: "plugin.answer", message, path: plugin.path });
    }
    for (const value of values) all.push(typeof value === "number" ? value : String(value).slice(0, 100));
  }
  return all;
}
