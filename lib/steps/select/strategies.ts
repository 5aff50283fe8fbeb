/**
 * The strategies by name: one file each.
 *
 * @module
 */

import { Misuse } from "../../util/issue.ts";
import { checked } from "./checked.ts";
import { type Plan, plan } from "./plan.ts";
import type { PlanInput } from "./deaths.ts";
import { Plugin, type PluginHost, unexpected } from "./plugin.ts";
import type { Shape } from "./plugin_worker.ts";
import { formerMembers, type Strategy } from "./strategy.ts";
import { replay, type Transcript } from "./transcript.ts";

const shipped = {
  tournament: () => import("./strategies/tournament.ts"),
  energy: () => import("./strategies/energy.ts"),
  none: () => import("./strategies/none.ts"),
} as const;

/** Names of the shipped strategies. */
export const strategyNames = Object.keys(shipped) as readonly (keyof typeof shipped)[];

/** Whether a strategy's name is the path of a module in `plugins/`. */
export function isPlugin(name: string): boolean {
  return /^plugins\/[A-Za-z0-9_./-]+\.ts$/.test(name);
}

/** What a strategy says of itself. */
export type Traits = Pick<Strategy, "brief" | "energyRule" | "replacesByRank">;

/** Makes plans by one strategy. */
export interface Planner extends Disposable {
  readonly traits: Traits;
  plan(input: Omit<PlanInput, "strategy">): Promise<Plan>;
}

/**
 * Loads a shipped strategy.
 *
 * @param name Its name.
 * @throws {Misuse} If there is none of this name.
 */
export async function loadStrategy(name: string): Promise<Strategy> {
  if (Object.hasOwn(shipped, name)) return (await shipped[name as keyof typeof shipped]()).default;
  throw new Misuse({
    code: "selection.unknown",
    message: `Cannot select by ${JSON.stringify(name)} as it must be one of ${
      strategyNames.join(", ")
    }, or a module such as plugins/lexicase.ts.`,
  });
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
      traits: strategy,
      plan: (input) => Promise.resolve(plan({ ...input, strategy })),
      [Symbol.dispose]: () => {},
    };
  }
  const plugin = await Plugin.load(name, "selection.strategy", unfit, host);
  const traits = plugin.shape.members as unknown as Traits;
  return {
    traits,
    plan: (input) => planBy(plugin, traits, input),
    [Symbol.dispose]: () => plugin[Symbol.dispose](),
  };
}

/** The module makes its choices in its Worker; the plan is made here, from those of them that can be made. */
async function planBy(plugin: Plugin, traits: Traits, input: Omit<PlanInput, "strategy">): Promise<Plan> {
  const { path } = plugin;
  const transcript = await plugin.ask({ kind: "plan", path, input }) as Transcript;
  return plan({ ...input, strategy: checked(replay(transcript, input.ranked, traits), path) });
}

function unfit(shape: Shape): string | undefined {
  const { members } = shape;
  const fits = typeof members.energyRule === "boolean" && typeof members.replacesByRank === "boolean" &&
    members.elites === "function" && members.removalOrder === "function" && members.parent === "function";
  if (fits) return undefined;
  const isFormer = Object.keys(formerMembers).some((name) => (members[name] ?? "undefined") !== "undefined");
  if (!isFormer) return unexpected(shape);
  const names = Object.entries(formerMembers).map(([former, present]) => `${former} is ${present}`).join(", ");
  return `members of a strategy have other names now: ${names}; holds of what is ranked is hasRankedGenome`;
}
