/**
 * Births: children of parents that are drawn, copies, and random genomes.
 *
 * @module
 */

import type { Random } from "../runtime/random.ts";
import type { Birth, Candidate, Given } from "./strategy.ts";

/** Where children come from. */
export interface Children {
  /** Those that can be drawn: none, and no child is born. */
  readonly parents: readonly Candidate[];
  /** Draws one of them. */
  draw(random: Random): Candidate;
}

/** How often a mate is drawn anew where it is a parent already. */
const draws = 16;

/** The births of these numbers, each by a stream of its own: a parent, and as many others as `mates` says. */
export function childrenOf(
  { random, options }: Given,
  { from, to }: { readonly from: number; readonly to: number },
  children: Children,
): Birth[] {
  const births: Birth[] = [];
  if (children.parents.length === 0) return births;
  const mates = children.parents.length > 1 ? options.mates : 0;
  for (let number = from; number < to; number++) {
    births.push(childOf(parentsOf(children, mates, random("birth", number))));
  }
  return births;
}

/** A parent and its mates: different candidates, where the draws find any. */
function parentsOf({ parents, draw }: Children, mates: number, random: Random): [Candidate, ...Candidate[]] {
  const drawn: [Candidate, ...Candidate[]] = [draw(random)];
  for (let mate = 0; mate < Math.min(mates, parents.length - 1); mate++) {
    for (let i = 0; i < draws; i++) {
      const one = draw(random);
      if (drawn.includes(one)) continue;
      drawn.push(one);
      break;
    }
  }
  return drawn;
}

/** A child on the island of its first parent, as old as the oldest genes that it may have. */
export function childOf(parents: readonly [Candidate, ...Candidate[]]): Birth {
  return {
    kind: "birth",
    parents: parents.map(({ id }) => id),
    island: parents[0].island,
    age: Math.max(...parents.map(({ age }) => age)),
  };
}

/** The same genome again. */
export function copyOf({ id, island, age }: Candidate): Birth {
  return { kind: "copy", parents: [id], island, age };
}

/** A genome drawn as `init` draws them. */
export const randomBirth: Birth = { kind: "random", parents: [], island: 0, age: 0 };

/** No children. */
export const childless: Children = {
  parents: [],
  draw() {
    throw new Error("there is nothing to draw");
  },
};
