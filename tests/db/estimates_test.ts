import { assert, assertEquals } from "@std/assert";
import { findJudged } from "../../lib/db/best_agent.ts";
import { genomeEstimates } from "../../lib/db/estimates.ts";
import { Listing } from "../../lib/db/listing.ts";
import { entrantsOf } from "../../lib/db/races.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";

const pool = "a".repeat(64);

/** A proven agent, some others, and one that a single kind cycle has put on top of all. */
function made(): Listing {
  const listing = Listing.open(":memory:", { create: true });
  listing.setMeta("conditions", "X");
  const random = stream(deriveSeed("estimates"));
  const scores = new Map<string, Map<number, number>>();
  for (let cycle = 1; cycle <= 60; cycle++) {
    listing.run("INSERT INTO cycles (cycle, state) VALUES (?, 'closed')", cycle);
    const kind = cycle === 60 ? 30 : 0;
    const judge = (id: string, mean: number) => {
      const score = mean + kind + random() - 0.5;
      scores.set(id, (scores.get(id) ?? new Map()).set(cycle, score));
    };
    if (cycle > 15) judge("proven", 15);
    for (let i = 0; i < 8; i++) judge(`other ${i}`, 5 + i);
    if (cycle === 60) judge("lucky", 12.5);
  }
  let ordinal = 0;
  for (const [id, all] of scores) {
    const mean = [...all.values()].reduce((sum, score) => sum + score, 0) / all.size;
    listing.putBlob(id, "genome", new TextEncoder().encode(id));
    listing.run(
      `INSERT INTO agents (ordinal, id, status, kind, stage, generation, born, parents, genome_hash, code_hash, energy, score,
        scored_genome_hash, score_cycles, scored_under, best_score, best_genome_hash, best_under)
        VALUES (?1, ?2, 'active', 'init', 'adult', 0, 0, '[]', ?2, ?3, 1, ?4, ?2, ?5, 'X', ?4, ?2, ?3 || ':')`,
      ordinal++,
      id,
      pool,
      mean,
      all.size,
    );
    for (const [cycle, score] of all) {
      listing.run(
        `INSERT INTO evaluations (cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, conditions, outcome, score)
          VALUES (?, ?, 'judged', ?, 'c', 'b', '{}', ?, 'finished', ?)`,
        cycle,
        id,
        id,
        // What was earned under other conditions says nothing.
        cycle < 5 ? "Y" : "X",
        score,
      );
    }
  }
  return listing;
}

Deno.test("genomeEstimates() takes the kindness of a cycle for the cycle's, from the last fifty under the same conditions", () => {
  using listing = made();
  const [best] = listing.all("SELECT id FROM agents ORDER BY score DESC");
  assertEquals(best, { id: "lucky" });
  const estimates = genomeEstimates(listing)!;
  const [proven, lucky, other] = ["proven", "lucky", "other 7"].map((id) => estimates.get(id)!);
  assertEquals([proven!.count, lucky!.count, other!.count], [45, 1, 50]);
  assert(lucky!.mean < proven!.mean && Math.abs(proven!.mean - lucky!.mean - 2.5) < 0.7, `${lucky!.mean}`);
  assertEquals(genomeEstimates(listing, "Y"), undefined);
  assertEquals(findJudged(listing, ["best"]).id, "proven");
});

Deno.test("entrantsOf() begins with what is expected to be best where cycles differ, with the highest score where they don't", () => {
  using listing = made();
  const first = () => entrantsOf(listing, { pool, conditions: "X", most: 2 })[0]!.agent;
  assertEquals(first(), "proven");
  // As in a world that is not noisy, where a genome comes to the same whenever it is judged.
  listing.run("UPDATE evaluations SET score = (SELECT score FROM agents WHERE id = agent)");
  assertEquals(genomeEstimates(listing), undefined);
  assertEquals([first(), findJudged(listing, []).id], ["lucky", "lucky"]);
});
