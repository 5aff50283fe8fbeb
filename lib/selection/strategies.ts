/**
 * The strategies by name: one file each.
 *
 * @module
 */

import { Misuse } from "../util/issue.ts";
import { type shippedTraits, strategyNames } from "../run/strategy_names.ts";
import type { Strategy } from "./strategy.ts";

const shipped = {
  "truncation-tournament": () => import("./strategies/truncation-tournament.ts"),
  "truncation": () => import("./strategies/truncation.ts"),
  "tournament": () => import("./strategies/tournament.ts"),
  "mu-plus-lambda": () => import("./strategies/mu-plus-lambda.ts"),
  "mu-comma-lambda": () => import("./strategies/mu-comma-lambda.ts"),
  "one-plus-one": () => import("./strategies/one-plus-one.ts"),
  "lexicase": () => import("./strategies/lexicase.ts"),
  "map-elites": () => import("./strategies/map-elites.ts"),
  "alps": () => import("./strategies/alps.ts"),
  "nsga2": () => import("./strategies/nsga2.ts"),
  "energy": () => import("./strategies/energy.ts"),
  "none": () => import("./strategies/none.ts"),
} as const satisfies Record<keyof typeof shippedTraits, () => Promise<{ readonly default: Strategy }>>;

/**
 * Loads a shipped strategy.
 *
 * Needs read permission for `lib/selection/strategies`.
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
    }, or a module such as plugins/mine.ts.`,
  });
}
