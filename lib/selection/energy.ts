/**
 * The energy account: what a cycle earns an agent, and what it costs.
 *
 * Only ranks count: neither the scale nor the sign of scores, nor whether an objective is to be maximised or minimised.
 *
 * @module
 */

import type { Config } from "../run/config_schema.ts";

/** An account before a cycle is charged. */
export interface Account {
  readonly energy: number;
  /** What the cycle's episodes came to; absent where they failed by the agent's own fault. */
  readonly result?: Result;
}

interface Result {
  /** More is better. */
  readonly score: number;
  /** How far what was done breaks what must hold: less is better, whatever the score. */
  readonly violation: number;
}

/**
 * All accounts after a cycle: each gets its income and pays `upkeep`, within 0 and `cap`.
 *
 * Income is by linear ranking with pressure 2 (Baker 1985, "Adaptive selection methods for genetic algorithms"): the worst
 * result earns nothing, the best twice `income`, the others in even steps between, equals the mean of the places that they
 * share, and a single one `income`. So the mean over all results is `income`, and while `upkeep` is more than nothing and less
 * than twice `income`, some lose and some gain. What failed has no place and earns nothing.
 *
 * @param accounts Those that took part in the cycle, in any order.
 * @returns Their energy, in the same order.
 */
export function chargedAll(
  accounts: readonly Account[],
  { income, upkeep, cap }: Pick<Config["energy"], "income" | "upkeep" | "cap">,
): number[] {
  const share = sharesOf(accounts.flatMap(({ result }) => result ?? []));
  return accounts.map(({ energy, result }) => {
    const earned = result ? income * 2 * share.get(result)! : 0;
    return Math.min(cap, Math.max(0, energy + earned - upkeep));
  });
}

/** The place of each result, from 0, the worst, to 1, the best; equals share the mean of theirs. */
function sharesOf(results: readonly Result[]): Map<Result, number> {
  const ordered = results.toSorted(byMerit);
  const shares = new Map<Result, number>();
  for (let begin = 0, end = 0; begin < ordered.length; begin = end) {
    while (end < ordered.length && byMerit(ordered[begin]!, ordered[end]!) === 0) end++;
    const share = ordered.length === 1 ? 0.5 : (begin + end - 1) / 2 / (ordered.length - 1);
    for (let i = begin; i < end; i++) shares.set(ordered[i]!, share);
  }
  return shares;
}

/** The worse first. */
function byMerit(a: Result, b: Result): number {
  return b.violation - a.violation || a.score - b.score;
}
