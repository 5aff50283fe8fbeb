import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { fromBytes } from "../../../lib/runtime/genome_bytes.ts";
import type { Genome } from "../../../lib/runtime/genome_schema.ts";
import { collect } from "../../../lib/steps/report/collect.ts";
import { emptyHistory, type History } from "../../../lib/steps/report/history.ts";
import type { Report } from "../../../lib/steps/report/types.ts";
import { madePool, makeRun } from "./made_run.ts";

const at = "2030-01-01T00:00:00.000Z";

async function made(agents: number, cycles: number): Promise<Listing> {
  const path = `${await Deno.makeTempDir()}/listing.db`;
  await makeRun(path, { agents, cycles });
  return Listing.open(path);
}

function reportOf(listing: Listing, history: History = emptyHistory(madePool.hash)): Report {
  return collect(listing, { run: "made", pool: madePool, history, at }).report;
}

Deno.test("collect() repeats what cycle.finished said of each closed cycle", async () => {
  using listing = await made(20, 4);
  const { cycles, summary } = reportOf(listing);
  assertEquals(cycles.map((cycle) => cycle.cycle), [1, 2, 3, 4]);
  for (const { cycle, alive, born, died, disabled, changed, score, limited } of cycles) {
    const { statistics } = listing.get<{ statistics: string }>("SELECT * FROM cycles WHERE cycle = ?", cycle)!;
    const { evaluated: _, failed: __, ...recorded } = JSON.parse(statistics);
    assertEquals({ cycle, alive, born, died, disabled, changed, score, limited }, recorded);
  }
  assertEquals([summary.run, summary.seed, summary.cycle, summary.active], ["made", "1", 4, 20]);
  assertEquals([summary.draws, summary.viable, summary.viableShare], [40, 20, 0.5]);
});

Deno.test("collect() computes spread and outcomes of a cycle as their definitions say", async () => {
  using listing = await made(31, 2);
  for (const { cycle, evaluations, outcomes } of reportOf(listing).cycles) {
    const ends = listing.all<{ outcome: string; kind: string; score: number | null }>(
      "SELECT * FROM evaluations WHERE cycle = ?",
      cycle,
    );
    const scores = ends.flatMap((evaluation) => evaluation.score ?? []).sort((a, b) => a - b);
    const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
    const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
    assertEquals(evaluations.count, scores.length);
    assertEquals([evaluations.min, evaluations.max], [scores[0]!, scores.at(-1)!]);
    assertAlmostEquals(evaluations.mean!, mean, 1e-9);
    assertAlmostEquals(evaluations.deviation!, Math.sqrt(variance), 1e-9);
    for (const [value, q] of [[evaluations.lower!, 0.25], [evaluations.upper!, 0.75]] as const) {
      const place = (scores.length - 1) * q, low = Math.floor(place);
      assertAlmostEquals(value, scores[low]! + (scores[low + 1]! - scores[low]!) * (place - low), 1e-9);
    }
    const crashes = ends.filter((evaluation) => evaluation.outcome === "crash").length;
    assertEquals(outcomes.finished! + (outcomes.crash ?? 0), ends.length);
    assertEquals(outcomes.crash ?? 0, crashes);
  }
});

Deno.test("collect() counts the genes that were expressed in each cycle, and those expressed now", async () => {
  using listing = await made(24, 3);
  const report = reportOf(listing);
  const genomeOf = (hash: string) => fromBytes(listing.blob(hash)!) as Genome;
  const expresses = (hash: string, gene: string) => {
    const [path, name] = gene.split("#") as [string, string];
    const file = genomeOf(hash).files.find((one) => one.path === path)!;
    return file.active && file.functions[name]!;
  };
  for (const cycle of report.cycles) {
    const hashes = listing.all<{ genome_hash: string }>(
      "SELECT genome_hash FROM evaluations WHERE cycle = ? AND kind = 'judged'",
      cycle.cycle,
    ).map((row) => row.genome_hash);
    assertEquals([cycle.counted, cycle.genomes], [24, new Set(hashes).size]);
    for (const [gene, count] of Object.entries(cycle.genes)) {
      assertEquals(count, hashes.filter((hash) => expresses(hash, gene)).length, `${gene} in cycle ${cycle.cycle}`);
    }
  }
  const living = listing.all<{ genome_hash: string; score: number | null }>(
    "SELECT genome_hash, score FROM agents WHERE status = 'active'",
  );
  for (const { gene, active, share, scoreWith } of report.genes) {
    const carriers = living.filter((agent) => expresses(agent.genome_hash, gene));
    assertEquals([active, share], [carriers.length, carriers.length / 24]);
    const scores = carriers.flatMap((agent) => agent.score ?? []);
    if (scores.length === 0) assertEquals(scoreWith, null);
    else assertAlmostEquals(scoreWith!, scores.reduce((a, b) => a + b, 0) / scores.length, 1e-9);
  }
  const rates = living.map((agent) => genomeOf(agent.genome_hash).files.find((file) => file.path === "src/rl.ts")!)
    .filter((file) => file.active).map((file) => file.parameters.rate as number);
  const parameter = report.parameters.find((one) => one.file === "src/rl.ts")!;
  assertEquals(parameter.agents, rates.length);
  assertAlmostEquals(parameter.mean!, rates.reduce((a, b) => a + b, 0) / rates.length, 1e-9);
});

Deno.test("collect() tells of each cycle's parameters, measures and diversity, as counted by hand", async () => {
  using listing = await made(24, 3);
  for (const { cycle, parameters, diversity, measures, fitness, genomes } of reportOf(listing).cycles) {
    const rows = listing.all<{ genome: string; score: number | null }>(
      "SELECT genome_hash AS genome, score FROM evaluations WHERE cycle = ? AND kind = 'judged'",
      cycle,
    );
    const rateOf = (hash: string) => {
      const file = (fromBytes(listing.blob(hash)!) as Genome).files.find(({ path }) => path === "src/rl.ts")!;
      return file.active ? file.parameters.rate as number : undefined;
    };
    const rates = rows.flatMap(({ genome }) => rateOf(genome) ?? []);
    const spread = parameters!["src/rl.ts#rate"]!;
    assertEquals(spread.count, rates.length);
    const sorted = rates.toSorted((a, b) => a - b);
    const middle = (sorted[Math.floor((rates.length - 1) / 2)]! + sorted[Math.ceil((rates.length - 1) / 2)]!) / 2;
    assertAlmostEquals(spread.median, middle, 1e-4 * middle);
    assert(spread.lower <= spread.median && spread.median <= spread.upper);
    const judged = new Set(
      rows.filter(({ genome, score }) => score !== null && rateOf(genome) !== undefined)
        .map(({ genome }) => genome),
    );
    assertEquals(spread.association?.genomes, judged.size);
    assert(Math.abs(spread.association!.rho) <= 1);
    assert(diversity!.effective <= genomes && diversity!.entropy <= 1 && diversity!.distance <= 1);
    assertEquals([diversity!.pairs, fitness], [200, undefined]);
    assertEquals(typeof measures, "object");
  }
});

Deno.test("collect() follows the best agent to its first ancestor, with what each birth changed", async () => {
  using listing = await made(24, 4);
  const { lineage: { ancestry }, leaders: [best], summary } = reportOf(listing);
  assertEquals([ancestry![0]!.id, ancestry!.at(-1)!.generation], [best!.id, 0]);
  assertEquals(ancestry!.map(({ generation }) => generation), ancestry!.map((_, i) => best!.generation - i));
  for (const [i, { id, changes }] of ancestry!.entries()) {
    const [parent] = JSON.parse(
      listing.get<{ parents: string }>("SELECT parents FROM agents WHERE id = ?", id)!.parents,
    );
    assertEquals(parent?.id, ancestry![i + 1]?.id);
    assertEquals(changes === undefined, parent === undefined);
  }
  const change = ancestry!.find(({ changes }) => changes)?.changes;
  assert(change && change.gained.every((gene) => !change.lost.includes(gene)));
  const first = listing.get<{ cycle: number }>(
    "SELECT min(cycle) AS cycle FROM evaluations WHERE genome_hash = ? AND kind = 'judged'",
    best!.genomeHash,
  )!;
  assertEquals(summary.found, first.cycle);
  assertEquals(best!.parents.length > 0, best!.generation > 0);
});

Deno.test("collect() finds the same with what former reports found out, and remembers closed cycles alone", async () => {
  using listing = await made(16, 5);
  const fresh = reportOf(listing);
  const history = emptyHistory(madePool.hash);
  assertEquals(collect(listing, { run: "made", pool: madePool, history, at }).grown, true);
  assertEquals(Object.keys(history.cycles), ["1", "2", "3", "4"]);
  const again = collect(listing, { run: "made", pool: madePool, history, at });
  assertEquals([again.report, again.grown], [fresh, false]);
  // A cycle that does not say the same any more is of another run.
  listing.run("UPDATE cycles SET statistics = replace(statistics, '\"born\":', '\"born\":9') WHERE cycle = 2");
  assert(reportOf(listing, history).cycles[1]!.born >= 90);
});

Deno.test("collect() tells of a cycle that is still open what is known", async () => {
  using listing = await made(10, 1);
  listing.run("INSERT INTO cycles (cycle, state) VALUES (2, 'open')");
  listing.run(
    `INSERT INTO evaluations (cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, outcome, score, reproducible)
     SELECT 2, id, 'judged', genome_hash, 'c', 'b', '{}', iif(ordinal = 9, 'wall', 'finished'), iif(ordinal = 9, NULL, 4),
       ordinal != 9 FROM agents WHERE status = 'active' AND ordinal IN (7, 8, 9) OR ordinal < 3`,
  );
  const { cycles, summary } = reportOf(listing);
  const open = cycles[1]!;
  assertEquals([open.state, open.alive, open.score.best, open.score.median], ["open", 10, 4, 4]);
  assertEquals(open.limited, open.outcomes.wall ?? 0);
  assertEquals(summary.score, cycles[0]!.score);
});

Deno.test("collect() has nothing to tell of a run without a cycle, and says so", async () => {
  using listing = await made(3, 0);
  const { cycles, summary, genes, births, lineage } = reportOf(listing);
  assertEquals([cycles.length, summary.cycle, summary.score, births.viableShare], [0, 0, null, null]);
  assertEquals([genes.length, lineage.founders, lineage.alive], [11, 3, [3]]);
});
