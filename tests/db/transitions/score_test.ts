import { assertEquals } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { create } from "../../../lib/db/transitions/creation.ts";
import { changeGenome } from "../../../lib/db/transitions/genome.ts";
import { dropScores, fail, score } from "../../../lib/db/transitions/score.ts";

const account = {
  score: 0.5,
  scoredGenomeHash: "G",
  scoredReach: "R",
  scoreCycles: 1,
  bestScore: 0.5,
  violation: 0,
  bestViolation: 0,
  bestGenomeHash: "G",
};

async function listing(): Promise<Listing> {
  const made = Listing.open(`${await Deno.makeTempDir()}/listing.db`, { create: true });
  const files = { stamp: "s", wiredFrom: "w", wiredStamp: "w", buildKey: "b", reach: "R", metrics: "{}" };
  create(made, 0, { id: "a", index: 0, born: 0, genomeHash: "G", codeHash: "C", energy: 1, island: 0, ...files });
  return made;
}

function agent(listing: Listing): Record<string, unknown> {
  return listing.get(
    "SELECT energy, score, scored_under, crashes, failed_under, backoff_until_cycle, genome_hash FROM agents",
  )!;
}

function last(listing: Listing): unknown {
  const { type, data } = listing.get<{ type: string; data: string }>("SELECT type, data FROM events ORDER BY id DESC")!;
  return [type, JSON.parse(data)];
}

const failure = { kind: "judged", outcome: "crash", cause: "agent", message: "It threw." } as const;

Deno.test("a failure costs an agent what it is to blame for, and says so", async () => {
  using made = await listing();
  fail(made, 1, "a", failure);
  assertEquals([agent(made).crashes, last(made)], [0, ["agent.crashed", failure]]);
  fail(made, 1, "a", failure, { crashes: 2, failedUnder: "now", backoffUntil: 4 });
  const { crashes, failed_under, backoff_until_cycle } = agent(made);
  assertEquals([crashes, failed_under, backoff_until_cycle], [2, "now", 4]);
  assertEquals(last(made), ["agent.crashed", { ...failure, crashes: 2, backoffUntilCycle: 4 }]);
});

Deno.test("a score makes failures forgotten, and goes with the genome and with its conditions", async () => {
  using made = await listing();
  fail(made, 1, "a", failure, { crashes: 2, failedUnder: "now", backoffUntil: 4 });
  score(made, "a", account, { conditions: "X", bestUnder: "P:R" });
  const scored = { energy: 1, score: 0.5, scored_under: "X", crashes: 0, failed_under: null, backoff_until_cycle: 0 };
  assertEquals(agent(made), { ...scored, genome_hash: "G" });
  assertEquals([dropScores(made, "X"), agent(made).score], [0, 0.5]);
  assertEquals([dropScores(made, "Y"), agent(made).score], [1, null]);
  score(made, "a", account, { conditions: "X", bestUnder: "P:R" });
  changeGenome(made, 2, "a", "judged", { before: "G", after: "H" });
  assertEquals([agent(made).score, agent(made).genome_hash], [null, "H"]);
  assertEquals(made.all("SELECT agent, file FROM pending_files"), [{ agent: "a", file: "genome.bin" }]);
});
