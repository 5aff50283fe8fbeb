import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { findBranches } from "../../../lib/steps/report/branches.ts";
import type { Family } from "../../../lib/steps/report/family.ts";

/** A family from the parents of its members, each living for some cycles. */
function familyOf(members: readonly (readonly [parent: number, evaluated: number])[]): Family {
  const born: number[] = [];
  members.forEach(([parent], i) => born[i] = parent < 0 ? 0 : born[parent]! + 1);
  return {
    length: members.length,
    parent: Int32Array.from(members, ([parent]) => parent),
    born: Int32Array.from(born),
    until: Int32Array.from(members, ([, evaluated], i) => born[i]! + evaluated),
    generation: Int32Array.from(born),
    active: new Uint8Array(members.length),
  };
}

const families = fc.array(fc.tuple(fc.nat(1000), fc.nat(5)), { maxLength: 60 }).map((draws) =>
  familyOf(draws.map(([draw, evaluated], i) => [draw % (i + 1) === i ? -1 : draw % (i + 1), evaluated]))
);

Deno.test("findBranches() puts each agent into the branch of its nearest listed ancestor", () => {
  fc.assert(fc.property(families, fc.nat(10), (family, most) => {
    const { branches, branch } = findBranches(family, most);
    assert(branches.length <= most);
    const roots = new Set(branches.map(({ root }) => root));
    const nearest = (i: number): number => i < 0 || roots.has(i) ? i : nearest(family.parent[i]!);
    for (let i = 0; i < family.length; i++) assertEquals(branch[i], nearest(i));
    for (const { root, from } of branches) assertEquals(from, nearest(family.parent[root]!));
  }));
});

Deno.test("findBranches() cuts where it divides most evenly first", () => {
  // A chain in which the second half of all cycles is run below the third agent.
  const family = familyOf([[-1, 2], [0, 2], [1, 2], [2, 2], [2, 0]]);
  assertEquals(findBranches(family, 1).branches, [{ root: 2, from: -1 }]);
});
