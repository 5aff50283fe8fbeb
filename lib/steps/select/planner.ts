/**
 * What plans: a shipped strategy, or a module of the user's own.
 *
 * @module
 */

import { isPlugin, type StrategyTraits } from "../../run/strategy_names.ts";
import { type Plan, plan, type PlanInput, planOf } from "../../selection/core.ts";
import { loadStrategy } from "../../selection/strategies.ts";
import type { Needs, Selected, Strategy } from "../../selection/strategy.ts";
import { Plugin, type PluginHost, unexpected } from "./plugin.ts";
import type { Shape } from "./plugin_worker.ts";

/** What a strategy says of itself, complete. */
export interface Traits extends StrategyTraits {
  readonly brief: string;
  readonly needs: Needs;
}

/** Makes plans by one strategy. */
export interface Planner extends Disposable {
  readonly traits: Traits;
  plan(input: PlanInput): Promise<Plan>;
}

/**
 * What plans by the strategy of this name.
 *
 * Needs read permission for `plugins/` where the name is a path in it.
 *
 * @param name A shipped strategy's name, or a path such as `plugins/lexicase.ts`.
 * @throws {Misuse} If the name is neither, or the module exports no strategy.
 * @throws {StepFailed} If the module can't be loaded. The planner throws it if the module throws, ends, takes too long,
 * or chooses what it was not given.
 */
export async function plannerOf(name: string, host: PluginHost): Promise<Planner> {
  if (!isPlugin(name)) {
    const strategy = await loadStrategy(name);
    return {
      traits: traitsOf(strategy),
      plan: (input) => Promise.resolve(plan(input, strategy)),
      [Symbol.dispose]: () => {},
    };
  }
  const plugin = await Plugin.load(name, "selection.strategy", unfit, host);
  return {
    traits: traitsOf(plugin.shape.members as unknown as Strategy),
    plan: async (input) =>
      planOf(input, await plugin.ask({ kind: "select", input: sendable(input) }) as Selected, `the module ${name}`),
    [Symbol.dispose]: () => plugin[Symbol.dispose](),
  };
}

/** What a strategy says of itself, with what holds where it says nothing. */
export function traitsOf(
  { brief, uses, byFitness = true, energy = "configured", needs = {} }: Omit<Strategy, "select">,
): Traits {
  return { brief, uses, byFitness, energy, needs };
}

/** The same with plain objects, whose trials have been read. */
function sendable(input: PlanInput): PlanInput {
  return {
    ...input,
    living: input.living.map(plain),
    doomed: input.doomed.map((one) => ({ ...one, candidate: plain(one.candidate) })),
  };
}

function plain(candidate: PlanInput["living"][number]): PlanInput["living"][number] {
  return { ...candidate, parents: candidate.parents, trials: candidate.trials };
}

/** Members that a strategy had before it became one function. */
const former = ["energyRule", "replacesByRank", "removalOrder", "elites", "parent", "replaces", "dying"];

function unfit(shape: Shape): string | undefined {
  const { brief, uses, byFitness, energy, needs, select } = shape.members;
  if (select === "function" && typeof brief === "string" && isTexts(uses)) {
    if (byFitness !== undefined && typeof byFitness !== "boolean") return "its byFitness is neither true nor false";
    if (![undefined, "always", "configured", "never"].includes(energy as string)) {
      return `its energy is none of "always", "configured" and "never"`;
    }
    return needs === undefined || typeof needs === "object" ? undefined : "its needs are no object";
  }
  if (former.some((name) => shape.names.includes(name)) && select !== "function") {
    return "a strategy is one function select(given) now, beside brief and uses, which names the options that have an " +
      "effect; see docs/selection.md";
  }
  if (select === "function") return "it lacks brief, one line, or uses, a list of names of options";
  return unexpected(shape);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
