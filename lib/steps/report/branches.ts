/**
 * Cuts the lineage into the branches that tell most of its course, so that a sweep within a sweep can be seen.
 *
 * @module
 */

import type { Family } from "./family.ts";

/** An agent with its descendants, those of another branch left out. */
export interface Branch {
  /** Index of the agent at its root. */
  readonly root: number;
  /** Index of the root of the branch that it grew out of, -1 for none. */
  readonly from: number;
}

/** Smallest share of all cycles survived that is worth a branch. */
const least = 0.01;

/**
 * Cuts branches off one after the other, each where it divides what is left in the most equal parts, measured in the
 * cycles that agents survived.
 *
 * @param most How many branches at most.
 * @returns The branches by the creation of their roots, and for each agent the root of its branch, -1 for none.
 */
export function findBranches(family: Family, most: number): { branches: Branch[]; branch: Int32Array } {
  const { length, parent } = family;
  const time = subtreeTimes(family);
  const branch = new Int32Array(length).fill(-1);
  let total = 0;
  for (let i = 0; i < length; i++) if (parent[i]! < 0) total += time[i]!;
  const size = new Map([[-1, total]]);
  const roots: number[] = [];
  while (roots.length < most) {
    const root = bestCut(time, branch, size, least * total);
    if (root < 0) break;
    const from = branch[root]!;
    roots.push(root);
    size.set(root, time[root]!);
    size.set(from, size.get(from)! - time[root]!);
    cut(family, { time, branch }, root, from);
  }
  // Only now, since a branch may have been cut off between another one and where that one grew out.
  const from = (root: number) => parent[root]! < 0 ? -1 : branch[parent[root]!]!;
  return { branches: roots.sort((a, b) => a - b).map((root) => ({ root, from: from(root) })), branch };
}

/** Cycles survived by each agent and all of its descendants. */
function subtreeTimes({ length, parent, born, until }: Family): Float64Array {
  const time = new Float64Array(length);
  for (let i = length - 1; i >= 0; i--) {
    time[i]! += Math.max(0, until[i]! - born[i]!);
    if (parent[i]! >= 0) time[parent[i]!]! += time[i]!;
  }
  return time;
}

function bestCut(time: Float64Array, branch: Int32Array, size: ReadonlyMap<number, number>, least: number): number {
  let best = -1, most = least;
  for (let i = 0; i < time.length; i++) {
    if (branch[i] === i) continue;
    const gain = Math.min(time[i]!, size.get(branch[i]!)! - time[i]!);
    if (gain > most) [best, most] = [i, gain];
  }
  return best;
}

/** Takes `root` and what is below it out of the branch `from`. */
function cut(
  { length, parent }: Family,
  { time, branch }: { readonly time: Float64Array; readonly branch: Int32Array },
  root: number,
  from: number,
): void {
  for (let i = parent[root]!; i >= 0 && branch[i] === from; i = parent[i]!) time[i]! -= time[root]!;
  branch[root] = root;
  for (let i = root + 1; i < length; i++) {
    if (branch[i] === from && parent[i]! >= 0 && branch[parent[i]!] === root) branch[i] = root;
  }
}
