import { assertEquals } from "@std/assert";
import { KnownEvaluators, knownEvaluators } from "../../lib/db/evaluators.ts";
import { Listing } from "../../lib/db/listing.ts";
import { migrate } from "../../lib/db/migrations/migrate.ts";

const [a, b] = ["a".repeat(64), "b".repeat(64)];
const lie = { cycle: 3, agent: "x", kind: "judged" } as const;

Deno.test("what an evaluator has proven is its process's, and is remembered", () => {
  using listing = Listing.open(":memory:", { create: true });
  const known = new KnownEvaluators(listing);
  const one = known.of("node", a, "host");
  Object.assign(one, { replies: 7, verified: 2, ms: 12.5, lastAt: "2026-01-01T00:00:00.000Z" });
  known.save();
  const later = new KnownEvaluators(listing);
  assertEquals(later.of("node", a, null), one);
  assertEquals(later.get(one.id), one);
  // Who takes its name is another one, and begins anew.
  const stranger = later.of("node", b, null);
  assertEquals([stranger.id, stranger.replies, stranger.verified], [one.id + 1, 0, 0]);
});

Deno.test("one that has lied is dropped by whichever name, and no other of its name is", () => {
  using listing = Listing.open(":memory:", { create: true });
  const known = new KnownEvaluators(listing);
  const one = known.of("node", a, null);
  const event = known.drop(one, lie);
  for (const each of [known, new KnownEvaluators(listing)]) {
    assertEquals([each.isDropped("node", a), each.isDropped("other", a), each.isDropped("node", b)], [
      true,
      true,
      false,
    ]);
  }
  const { at, ...why } = knownEvaluators(listing)[0]!.dropped!;
  assertEquals([why, Number.isFinite(Date.parse(at!))], [lie, true]);
  assertEquals({ ...listing.get("SELECT id, cycle, type, agent, data FROM events") }, {
    id: event,
    cycle: 3,
    type: "evaluator.dropped",
    agent: null,
    data: JSON.stringify({ evaluator: "node", agent: "x", kind: "judged" }),
  });
  assertEquals(
    listing.all("SELECT agent, event, kind, cycle, evaluator FROM withdrawn_replies").map((row) => ({ ...row })),
    [
      { agent: "x", event, kind: "judged", cycle: 3, evaluator: one.id },
    ],
  );
});

Deno.test("those that a run of version 11 has dropped are so by their names, whatever was kept of why", async () => {
  const path = `${await Deno.makeTempDir()}/listing.db`;
  {
    using listing = Listing.open(path, { create: true });
    listing.db.exec(`DROP TABLE evaluators; DROP TABLE withdrawn_replies; ALTER TABLE evaluations DROP evaluator;
      INSERT INTO meta VALUES ('droppedEvaluators', '["first",{"evaluator":"later","cycle":3,"agent":"x","kind":"judged","at":"t"}]');
      PRAGMA user_version = 11`);
  }
  using listing = Listing.open(path, { migrate });
  const unknown = { cycle: null, agent: null, kind: null, at: null };
  assertEquals(knownEvaluators(listing).map(({ name, dropped }) => [name, dropped]), [
    ["first", unknown],
    ["later", { ...lie, at: "t" }],
  ]);
  const known = new KnownEvaluators(listing);
  assertEquals([known.isDropped("first", a), known.isDropped("third", a)], [true, false]);
  assertEquals(listing.all("SELECT key FROM meta WHERE key = 'droppedEvaluators'"), []);
});
