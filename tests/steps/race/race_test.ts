import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { entrantsOf } from "../../../lib/db/races.ts";
import type { RaceFinished } from "../../../lib/records/race.ts";
import { projectRoot } from "../../../lib/run/paths.ts";
import { raceEntrants } from "../../../lib/selection/race.ts";
import { presentPool } from "../../../lib/template/template.ts";
import { runTwins, twinProgram } from "../../../lib/twin/twin.ts";
import { sha256Now } from "../../../lib/util/hash_now.ts";
import { configOf } from "../../twin/made.ts";
import { Population, shortLives, until } from "../../acceptance/_population.ts";
import { untouched } from "./untouched.ts";

const few = ["--entrants", "3", "--episodes", "3", "--test", "40"];

function finishedOf({ records }: { readonly records: readonly unknown[] }): RaceFinished {
  return records.find((one) => (one as RaceFinished).type === "race.finished") as RaceFinished;
}

/** What it came to, without the step's name. */
function resultOf(ended: { readonly records: readonly Record<string, unknown>[] }) {
  return ended.records.filter(({ type }) => type !== "step.finished");
}

Deno.test("race names a winner, judges it alone on unseen worlds, and changes nothing that a cycle reads", async () => {
  await using run = await new Population().evaluated(8, 2);
  const before = untouched(run);
  const unraced = await run.step("show", "--format", "table");
  assertStringIncludes(unraced.out, "no final race was run");
  const ended = await run.step("race", ...few, "--workers", "2");
  assertEquals(untouched(run), before);
  const { winner, expected, control, cycle, raceEpisodes, entrants } = finishedOf(ended);
  assertEquals([cycle, expected!.episodes, control!.expected!.episodes, winner.source === "founder"], [
    2,
    40,
    40,
    false,
  ]);
  assert(raceEpisodes > entrants && expected!.low! <= expected!.mean && expected!.mean <= expected!.high!);
  const places = resultOf(ended).slice(0, -1);
  assertEquals(places.map(({ place }) => place), places.map((_, i) => i + 1));
  assertEquals(places[0]!.genomeHash, winner.genomeHash);
  // Winner and control alone are judged there.
  const genomes = run.rows<{ genome_hash: string }>(
    "SELECT DISTINCT genome_hash FROM race_evaluations WHERE worlds LIKE 'test:%'",
  );
  assertEquals(new Set(genomes.map((row) => row.genome_hash)), new Set([winner.genomeHash, control!.genomeHash]));
  assertEquals([...Deno.readDirSync(run.paths.workspace)].filter(({ name }) => name === "race"), []);
  await showsWinner(run, finishedOf(ended));
  // Nothing is run twice; by one worker it is the same.
  const again = await run.step("race", ...few, "--workers", "1");
  assertEquals(resultOf(again), resultOf(ended));
  assertEquals((again.records.at(-1)!.counts as { evaluations: number }).evaluations, 0);
  run.rows("DELETE FROM race_evaluations");
  const byOne = await run.step("race", ...few, "--workers", "1");
  assertEquals(resultOf(byOne), resultOf(ended));
  // What follows is as if there had been none.
  await run.step("lifecycle", ...until(3));
  await using other = await new Population().evaluated(8, 3);
  assertEquals(await run.status(), await other.status());
});

Deno.test("race that is killed goes on where it was, and comes to the same", async () => {
  await using run = await new Population().evaluated(8, 2);
  const whole = await run.step("race", ...few);
  const { evaluations } = whole.records.at(-1)!.counts as { evaluations: number };
  run.rows("DELETE FROM race_evaluations");
  run.rows("DELETE FROM races");
  const started = run.begin("race", ...few, "--workers", "1");
  while (run.rows("SELECT 1 FROM race_evaluations").length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  started.child.kill("SIGKILL");
  await started.ended;
  assertEquals(run.rows("SELECT 1 FROM races"), []);
  const rest = await run.step("race", ...few);
  assertEquals(resultOf(rest), resultOf(whole));
  const left = (rest.records.at(-1)!.counts as { evaluations: number }).evaluations;
  assert(left > 0 && left <= evaluations - 3, `${left} of ${evaluations}`);
});

Deno.test("a twin has the entrants of the run's race, those of the dead among them, in the same order", async () => {
  await using run = await new Population().evaluated(8, 3);
  using listing = Listing.open(run.paths.listing);
  const facts = { pool: presentPool(listing), conditions: listing.meta("conditions")!, most: raceEntrants };
  const entrants = entrantsOf(listing, facts);
  const dead = new Set((await run.status()).filter(({ status }) => status === "dead").map(({ id }) => id));
  assert(entrants.some(({ agent }) => dead.has(agent)));
  const program = await twinProgram(`${projectRoot}/agent_template`);
  const jobs = [{ seed: "7", config: configOf(shortLives), count: 8, cycles: 3 }];
  const [twin] = await Array.fromAsync(runTwins(program, jobs, { workers: 1 }));
  assertEquals(twin!.entrants.map(sha256Now), entrants.map(({ genomeHash }) => genomeHash));
});

Deno.test("race in a world without chance goes by scores, and says that nothing is unseen", async () => {
  await using run = new Population();
  await run.step("init", "--count", "4", "--seed", "7", "--template", `${projectRoot}/tests/acceptance/onemax`);
  const { records } = await run.fails(1, "race");
  assertEquals((records.at(-1)!.issue as { code: string }).code, "race.none");
  assertStringIncludes((records.at(-1)!.issue as { message: string }).message, `deno task lifecycle --run ${run.name}`);
  // The chain runs one at its end, unless it is told not to.
  const chain = await run.step("lifecycle", "--cycles", "1", "--isolation", "shared", "--race", "--controls");
  const { winner, expected, unexpected, raceEpisodes, randomControl } = finishedOf(chain);
  const [best] = run.rows<{ genome: string }>(
    "SELECT scored_genome_hash AS genome FROM agents WHERE status <> 'dead' ORDER BY score DESC, ordinal",
  );
  assertEquals([winner.genomeHash, expected, unexpected, raceEpisodes], [best!.genome, null, "no unseen instance", 0]);
  // What is exact needs no unseen world: the winner of a search among as many is what the other one came to.
  const { isUnseen, genomes, gain } = randomControl!;
  assertEquals([isUnseen, genomes, gain!.mean], [false, 4, 0]);
});

/** What shows the best agent shows what it is worth, and not the highest score. */
async function showsWinner(run: Population, { winner, expected, cycle }: RaceFinished): Promise<void> {
  const [low, high] = [expected!.low!, expected!.high!].map((bound) => bound.toFixed(Math.abs(bound) >= 1 ? 2 : 4));
  const shown = await run.step("show", "best");
  const { genomeHash, race } = shown.records[0] as { genomeHash: string; race: { place: number; expected: unknown } };
  assertEquals([genomeHash, race.place, race.expected], [winner.genomeHash, 1, expected]);
  assertStringIncludes((await run.step("show", "--format", "table")).out, `[${low}, ${high}] in 40 unseen episodes`);
  const { out, err } = await run.step("status", "--format", "table");
  assertStringIncludes(out + err, `won the race after cycle ${cycle}: expected score`);
  const report = await run.step("report");
  assertEquals(finishedOf(report).expected, expected);
  const pages = ["report.html", "report.md"].map((name) => Deno.readTextFileSync(`${run.paths.reports}/${name}`));
  for (const page of pages) {
    for (const text of [low!, high!, "in 40 unseen episodes", "Final race"]) assertStringIncludes(page, text);
    assertStringIncludes(page, "the winner of the final race: expected score");
  }
}
