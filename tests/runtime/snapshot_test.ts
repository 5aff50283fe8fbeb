import { assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { snapshotOf } from "../../lib/runtime/snapshot.ts";

const states = fc.letrec<{ state: unknown }>((tie) => ({
  state: fc.oneof(
    { depthSize: "small" },
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.array(tie("state"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("state"), { maxKeys: 4 }),
    fc.array(fc.tuple(fc.string(), tie("state")), { maxLength: 3 }).map((pairs) => new Map(pairs)),
    fc.array(fc.integer(), { maxLength: 3 }).map((items) => Int32Array.from(items)),
  ),
})).state;

Deno.test("equal states give equal snapshots, and a change anywhere gives another one", () => {
  fc.assert(fc.property(states, states, (state, other) => {
    assertEquals(snapshotOf(state), snapshotOf(structuredClone(state)));
    const holder: Record<string, unknown> = { list: [1, { deep: new Set([1]) }], state };
    const before = snapshotOf(holder);
    holder["more"] = other;
    assertNotEquals(snapshotOf(holder), before);
  }));
});

Deno.test("circles, -0, maps and what is as large as can be are looked at to an end", () => {
  const circle: Record<string, unknown> = { n: 0 };
  circle["self"] = circle;
  const before = snapshotOf(circle);
  circle["n"] = -0;
  assertNotEquals(snapshotOf(circle), before);
  const map = new Map([["a", [1]]]);
  const held = snapshotOf(map);
  map.get("a")![0] = 2;
  assertNotEquals(snapshotOf(map), held);
  snapshotOf(new Array(1_000_000).fill([1]));
});
