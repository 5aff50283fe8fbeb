/**
 * The strategies by name: one file each.
 *
 * @module
 */

import { Misuse } from "../issue.ts";
import { checked } from "./checked.ts";
import { loadPlugin } from "./plugin.ts";
import type { Strategy } from "./strategy.ts";

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

/**
 * Loads a strategy.
 *
 * Needs read permission for `plugins/` where the name is a path in it.
 *
 * @param name A shipped strategy's name, or a path such as `plugins/lexicase.ts`.
 * @throws {Misuse} If the name is neither.
 */
export async function loadStrategy(name: string): Promise<Strategy> {
  if (Object.hasOwn(shipped, name)) return (await shipped[name as keyof typeof shipped]()).default;
  if (isPlugin(name)) {
    return checked(await loadPlugin<Strategy>(name, "selection.strategy", isStrategy), name);
  }
  throw new Misuse({
    code: "selection.unknown",
    message: `Cannot select by ${JSON.stringify(name)} as it must be one of ${
      strategyNames.join(", ")
    }, or a module such as plugins/lexicase.ts.`,
  });
}

function isStrategy(value: unknown): boolean {
  const one = value as Partial<Strategy> | null;
  return typeof one === "object" && one !== null && typeof one.energyRule === "boolean" &&
    typeof one.replaces === "boolean" && typeof one.elites === "function" && typeof one.dying === "function" &&
    typeof one.parent === "function";
}
