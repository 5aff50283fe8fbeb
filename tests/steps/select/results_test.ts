import { assert, assertEquals } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { defaultConfig } from "../../../lib/run/config_defaults.ts";
import { fitnessOf } from "../../../lib/steps/select/fitness.ts";
import { readResults, type ResultsInput } from "../../../lib/steps/select/results.ts";
import { madePool, makeRun } from "../report/made_run.ts";

const cycle = 5;
const input: ResultsInput = {
  seed: "1",
  cycle,
  world: madePool.world,
  config: defaultConfig,
  energyRule: false,
};

async function resultsOf(change: (listing: Listing) => void) {
  const path = `${await Deno.makeTempDir()}/listing.db`;
  await makeRun(path, { agents: 20, cycles: cycle });
  using listing = Listing.open(path);
  listing.run("UPDATE evaluations SET scores = json_array(score), measures = '{}' WHERE score IS NOT NULL");
  change(listing);
  using fitness = await fitnessOf(defaultConfig.fitness, { say: () => {}, signal: new AbortController().signal });
  const results = await readResults(listing, fitness, input);
  const alive = listing.get<{ n: number }>("SELECT count(*) AS n FROM agents WHERE status <> 'dead'")!.n;
  assertEquals(results.living.length + results.doomed.length + results.others, alive);
  // Trials are read from the listing when they are asked for the first time.
  for (const { trials } of results.living) assert(Array.isArray(trials));
  return results;
}

/** One that could be evaluated in the cycle. */
const elder = "(SELECT min(ordinal) FROM agents WHERE status = 'active' AND stage = 'adult' AND born < 5)";

Deno.test("readResults() dooms an agent that its gestation has disabled in a cycle before, and none that is disabled in this", async () => {
  const disabled = (code: string, since: number) =>
    resultsOf((listing) =>
      listing.run(
        `UPDATE agents SET status = 'disabled', stage = 'newborn', code = ?, reason = 'why', disabled_cycle = ?
          WHERE ordinal = ${elder}`,
        code,
        since,
      )
    );
  const before = await disabled("gestation.crash", 4);
  assertEquals(before.doomed.map(({ code, reason }) => [code, reason]), [
    ["died.disabled", "It was disabled before this cycle: why"],
  ]);
  assertEquals((await disabled("gestation.crash", 5)).doomed, []);
  assertEquals((await disabled("gestation.world", 4)).doomed, []);
});

Deno.test("readResults() gives in a noisy world the results of the cycle alone, score and measures of the same episodes", async () => {
  const { living } = await resultsOf((listing) => {
    listing.run(`UPDATE evaluations SET cycle = 4 WHERE cycle = 5 AND kind = 'judged' AND agent =
      (SELECT id FROM agents WHERE ordinal = ${elder}) AND NOT EXISTS (SELECT 1 FROM evaluations e
        WHERE e.agent = evaluations.agent AND e.cycle = 4 AND e.kind = 'judged')`);
    listing.run(`DELETE FROM evaluations WHERE cycle = 5 AND kind = 'judged' AND agent =
      (SELECT id FROM agents WHERE ordinal = ${elder})`);
  });
  const [without, ...others] = living.toSorted((a, b) => a.trials.length - b.trials.length);
  assertEquals([without!.fitness, without!.score, without!.trials], [undefined, undefined, []]);
  assert(others.length > 0);
  for (const { trials, score } of others) {
    assert(trials.every((trial) => trial.cycle === cycle));
    const mean = trials.reduce((sum, { objectives }) => sum + objectives[0]!, 0) / trials.length;
    assert(Math.abs(mean - score!) < 1e-9, `${mean} ${score}`);
  }
});
