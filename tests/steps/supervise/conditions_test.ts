import { assertEquals } from "@std/assert";
import { MadeRun } from "./made_run.ts";

const configure = (run: MadeRun, config: unknown) => Deno.writeTextFile(run.paths.config, JSON.stringify(config));
const judged = ({ counts }: Awaited<ReturnType<MadeRun["supervise"]>>) => counts.judged;

/** A run whose agents have a score, in the next cycle. */
async function scored(noisy: boolean): Promise<MadeRun> {
  const run = await MadeRun.make(["honest", "honest"], { noisy });
  await run.supervise();
  run.nextCycle();
  return run;
}

for (const world of [{ steps: 9 }, { episodes: 3 }]) {
  Deno.test(`supervise() judges all anew after a change of ${Object.keys(world)[0]}, though nothing is noisy`, async () => {
    const run = await scored(false);
    const before = run.agent(0).score as number;
    await configure(run, { world });
    assertEquals(judged(await run.supervise()), 2);
    const { score, score_cycles, best_score } = run.agent(0);
    assertEquals([score === before, score_cycles, best_score], [false, 1, score]);
    run.nextCycle();
    assertEquals(judged(await run.supervise()), 0, "once is enough");
    assertEquals(run.rows("SELECT score FROM evaluations WHERE cycle = 1")[0]!.score, before, "history stays");
  });
}

Deno.test("supervise() judges all anew where the layout of a world that reads it is another one, though nothing is noisy", async () => {
  const judgedIn = async (worldDraws: ("layout" | "random")[]) => {
    const config = { world: { epochCycles: 2 } };
    const run = await MadeRun.make(["honest", "honest"], {
      noisy: false,
      config,
      ...(worldDraws[0] && { worldDraws }),
    });
    const counts = [];
    for (let cycle = 1; cycle <= 4; cycle++) {
      counts.push(judged(await run.supervise()));
      run.nextCycle();
    }
    return counts;
  };
  assertEquals(await judgedIn(["layout"]), [2, 0, 2, 0]);
  assertEquals(await judgedIn(["random"]), [2, 2, 2, 2], "its worlds are new in each cycle");
  assertEquals(await judgedIn([]), [2, 0, 0, 0], "it can't tell one layout from another");
});

Deno.test("supervise() judges all anew where a season begins, though nothing is noisy", async () => {
  const schedule = [{ environment: "plain", cycles: 2 }, { environment: "poor", cycles: 1 }];
  const run = await MadeRun.make(["honest", "honest"], { noisy: false, config: { world: { schedule } } });
  const counts = [];
  for (let cycle = 1; cycle <= 5; cycle++) {
    counts.push(judged(await run.supervise()));
    run.nextCycle();
  }
  assertEquals(counts, [2, 0, 2, 2, 0]);
  const conditions = run.rows(
    "SELECT DISTINCT conditions FROM evaluations WHERE agent = (SELECT min(agent) FROM evaluations)",
  );
  assertEquals(conditions.length, 2, "those of a season are the same when it is there again");
});

Deno.test("supervise(): an agent that is left out has no score to compare, until it is judged under the new conditions", async () => {
  const run = await scored(false);
  await configure(run, { world: { steps: 9 } });
  const { id } = run.agent(0);
  assertEquals(judged(await run.supervise(new Set([id as string]))), 1);
  assertEquals(run.rows("SELECT state FROM cycles WHERE cycle = 2"), [{ state: "open" }]);
  assertEquals([run.agent(0).score === null, run.agent(1).score], [false, null]);
  assertEquals(judged(await run.supervise()), 1);
});

Deno.test("supervise(): a mean in a noisy world begins anew with other conditions", async () => {
  const run = await scored(true);
  await run.supervise();
  assertEquals(run.agent(0).score_cycles, 2);
  run.nextCycle();
  const since = () => run.rows("SELECT value FROM meta WHERE key = 'bestsSince'");
  assertEquals(since(), []);
  await configure(run, { world: { steps: 9 } });
  await run.supervise();
  assertEquals([run.agent(0).score_cycles, since()], [1, [{ value: "3" }]]);
});

Deno.test("supervise(): limits, isolation and the name of the first environment are no conditions", async () => {
  const run = await scored(false);
  await configure(run, { limits: { wallSeconds: 20 }, world: { environment: "plain", steps: 5, episodes: 2 } });
  assertEquals(judged(await run.supervise()), 0);
});

Deno.test("supervise(): what is not judged under the new conditions has no score", async () => {
  const run = await scored(false);
  using listing = run.listing();
  listing.run("UPDATE agents SET built_from = NULL WHERE ordinal = 0");
  await configure(run, { world: { steps: 9 } });
  assertEquals(judged(await run.supervise()), 1);
  const { score, best_score, best_genome_hash } = run.agent(0);
  assertEquals([score, best_score, best_genome_hash], [null, null, null]);
});

Deno.test("supervise(): a listing that knows no conditions keeps its scores", async () => {
  const run = await scored(false);
  using listing = run.listing();
  listing.db.exec("DELETE FROM meta WHERE key = 'conditions'; UPDATE agents SET scored_under = NULL");
  assertEquals(judged(await run.supervise()), 0);
  run.nextCycle();
  await configure(run, { world: { steps: 9 } });
  assertEquals(judged(await run.supervise()), 2);
});
