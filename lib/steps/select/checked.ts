/**
 * A strategy of the user's own, whose answers are checked.
 *
 * @module
 */

import { StepFailed } from "../../util/issue.ts";
import type { Ranked, Strategy } from "./strategy.ts";

/**
 * The same strategy, but an answer that is no choice from what it was given is refused.
 *
 * @param path The module, for messages.
 */
export function checked(strategy: Strategy, path: string): Strategy {
  const some = (method: string, given: readonly Ranked[], chosen: readonly Ranked[]) => {
    const known = new Set(given);
    const sound = Array.isArray(chosen) && new Set(chosen).size === chosen.length &&
      chosen.every((one) => known.has(one));
    if (!sound) throw refused(path, method, "a list of some of those it is given, each once");
    return chosen;
  };
  return {
    brief: strategy.brief,
    energyRule: strategy.energyRule,
    replacesByRank: strategy.replacesByRank,
    elites: (ranked, options, size) => some("elites", ranked, strategy.elites(ranked, options, size)),
    removalOrder: (candidates, options, random) =>
      some("removalOrder", candidates, strategy.removalOrder(candidates, options, random)),
    parent(ranked, options, random, note) {
      const chosen = strategy.parent(ranked, options, random, note);
      if (!ranked.includes(chosen)) throw refused(path, "parent", "one of those it is given");
      return chosen;
    },
  };
}

function refused(path: string, method: string, demand: string): StepFailed {
  return new StepFailed({
    code: "plugin.answer",
    message: `Cannot select as ${method}() of the module must give ${demand}.`,
    path,
  });
}
