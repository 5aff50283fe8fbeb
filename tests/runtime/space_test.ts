import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { ActionSpace } from "../../lib/runtime/contract.ts";
import { NoAction, spaceOf } from "../../lib/runtime/space.ts";

const box = (more: Partial<Extract<ActionSpace, { space: "box" }>> = {}) =>
  spaceOf({ action: { space: "box", length: 2, low: -1, high: 3, ...more } });

/** Any space there can be, small. */
const spaces: fc.Arbitrary<ActionSpace> = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((count): ActionSpace => ({ space: "discrete", count })),
  fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
    .map((counts): ActionSpace => ({ space: "multiDiscrete", counts })),
  fc.tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: -9, max: 9 }),
    fc.integer({ min: 0, max: 9 }),
    fc.boolean(),
  )
    .map(([length, low, range, integer]): ActionSpace => ({ space: "box", length, low, high: low + range, integer })),
);

const parts = fc.oneof(fc.double(), fc.integer({ min: -10, max: 20 }), fc.constantFrom(-0, NaN, Infinity, "1", null));
const choices = fc.oneof(
  parts,
  fc.array(parts, { maxLength: 6 }),
  fc.array(fc.double(), { maxLength: 4 }).map((values) => Float64Array.from(values)),
);

Deno.test("a space takes whatever genes return, and its evidence is what the judge reads", () => {
  fc.assert(fc.property(spaces, fc.array(choices, { maxLength: 8 }), (action, returned) => {
    const space = spaceOf({ action });
    const taken = returned.map((choice) => space.isChoice(choice) ? space.fit(choice) : space.missing());
    const evidence = JSON.parse(JSON.stringify(space.evidenceOf(taken)));
    assertEquals(spaceOf({ action }).actionsOf(evidence), taken);
    assert(JSON.stringify(evidence).length <= space.longest(taken.length), "the longest evidence is longer");
    assert(space.invalid <= returned.length);
    for (const one of taken.flat()) assert(!Object.is(one, -0));
  }));
});

Deno.test("what is in a space is taken as it is, and nothing is counted", () => {
  fc.assert(
    fc.property(
      spaces,
      fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 4 }),
      (action, u) => {
        const space = spaceOf({ action });
        const given = action.space === "discrete"
          ? Math.floor(u[0]! * space.actions)
          : action.space === "multiDiscrete"
          ? action.counts.map((count, i) => Math.floor(u[i]! * count))
          : Array.from({ length: action.length }, (_, i) => {
            const low = action.low as number, value = low + u[i]! * ((action.high as number) - low);
            return action.integer ? Math.round(value) : value;
          });
        assertEquals([space.isChoice(given), space.fit(given), space.invalid], [true, given, 0]);
      },
    ),
  );
});

Deno.test("what is missing or out of a space becomes its default, and is counted once an action", () => {
  const discrete = spaceOf({ actions: ["a", "b"] });
  assertEquals([discrete.fit(2), discrete.fit(-1), discrete.fit(0.5), discrete.missing(), discrete.invalid], [
    0,
    0,
    0,
    0,
    4,
  ]);
  const multi = spaceOf({ action: { space: "multiDiscrete", counts: [2, 3] } });
  assertEquals([multi.fit([1, 3]), multi.fit([1]), multi.fit([1, 2, 0]), multi.invalid], [[1, 0], [1, 0], [1, 2], 3]);
  const real = box();
  assertEquals([real.fit([-5, 9]), real.fit([NaN, Infinity]), real.fit([0.5]), real.invalid], [[-1, 3], [1, 1], [
    0.5,
    1,
  ], 3]);
  const whole = box({ integer: true, low: -1, high: 2 });
  assertEquals([whole.fit([0.6, 2]), whole.missing(), whole.invalid], [[1, 2], [0, 0], 2]);
  assertEquals(box({ default: [2, 3] }).fit(["x", null]), [2, 3]);
  assertEquals(box({ low: [0, 5], high: [1, 7] }).missing(), [0.5, 6]);
});

Deno.test("a gene that returns something else than an action has not decided", () => {
  const discrete = spaceOf({ actions: ["a"] });
  for (const other of [undefined, null, "1", [0], {}, true]) assert(!discrete.isChoice(other));
  for (const other of [undefined, null, 1, "12", {}, true]) assert(!box().isChoice(other), String(other));
  assert(box({ length: 1 }).isChoice(0.5));
  assertEquals(box({ length: 1 }).fit(0.5), [0.5]);
});

Deno.test("evidence out of the space is none", () => {
  const doubles = (...values: number[]) => new Uint8Array(new Float64Array(values).buffer).toBase64();
  const one = box({ integer: true, low: 0, high: 3 });
  assertEquals(one.actionsOf(doubles(0, 3, 1, 2)), [[0, 3], [1, 2]]);
  for (const values of [[0], [0, 4], [0, -1], [0, 0.5], [0, NaN], [0, -0], [0, Infinity]]) {
    assertThrows(() => one.actionsOf(doubles(...values)), NoAction);
  }
  for (const other of [null, 7, [0, 1], "x", "AAA=", "????"]) assertThrows(() => one.actionsOf(other), NoAction);
  const multi = spaceOf({ action: { space: "multiDiscrete", counts: [2, 3] } });
  for (const action of [[0], [0, 3], [0, 1, 0], [0, 0.5], "01", 1, null]) {
    assertThrows(() => multi.actionsOf([action]), NoAction);
  }
  assertThrows(() => spaceOf({ actions: ["a"] }).actionsOf([0, 1]), NoAction, "action 1");
});
