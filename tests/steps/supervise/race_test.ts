import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { raceOutcome } from "../../../lib/evaluation/cycle_race.ts";
import { Listing } from "../../../lib/db/listing.ts";
import { forgetOld } from "../../../lib/db/compaction.ts";
import { loadConfig } from "../../../lib/run/config.ts";
import { conditionsOf } from "../../../lib/run/conditions.ts";
import { cycleRaceWorlds } from "../../../lib/run/unseen_worlds.ts";
import { loadPool } from "../../../lib/template/pool_store.ts";
import { Misuse } from "../../../lib/util/issue.ts";
import { type Behaviour, MadeRun } from "./made_run.ts";

const race = { first: 4, keep: 2, episodes: 6 };

async function made(agents: readonly Behaviour[], more: Record<string, unknown> = {}): Promise<MadeRun> {
  return await MadeRun.make(agents, {
    config: { selection: { race }, limits: { cpuSeconds: 1 }, ...more },
  });
}

/** What `select` is told of the race of the first cycle: the ordinals of those raced, and places by ordinal. */
async function outcomeOf(run: MadeRun) {
  using listing = Listing.open(run.paths.listing, { readOnly: true });
  const config = await loadConfig(run.paths);
  const pool = loadPool(run.paths, listing.meta("pool")!);
  const facts = { seed: "7", settings: pool.world, config: config.world };
  const conditions = await conditionsOf(pool, cycleRaceWorlds(facts, 1, config.selection.race!.episodes));
  const { places, raced } = raceOutcome(listing, { seed: "7", cycle: 1, settings: pool.world, config, conditions });
  const ordinals = new Map(run.rows("SELECT id, ordinal FROM agents").map(({ id, ordinal }) => [id, ordinal]));
  return {
    raced: raced.map(({ id, outcome }) => [ordinals.get(id), outcome]),
    places: [...places].map(([id, place]) => [ordinals.get(id), place]),
  };
}

const state = (run: MadeRun) => run.rows("SELECT state FROM cycles")[0]!.state;

Deno.test("supervise(): the best of a cycle play further worlds, and those that were only lucky lose their rank", async () => {
  const run = await made(["fades", "honest", "fades", "honest", "throws"]);
  const { counts, records } = await run.supervise();
  assertEquals([counts.judged, counts.raced], [5, 4]);
  assertEquals(records.filter(({ kind }) => kind === "race").length, 4);
  // In the cycle all but the last came to the same.
  const { raced, places } = await outcomeOf(run);
  assertEquals(raced.map(([ordinal]) => ordinal), [0, 1, 2, 3]);
  assertEquals(places.sort(), [[1, 1], [3, 1]]);
});

Deno.test("supervise(): a race changes nothing of an agent, be it that it throws, loops, changes, writes or remembers", async () => {
  const agents = ["balks", "stalls", "changes", "writes", "remembers", "honest"] as const;
  const backoff = { crashes: 1 };
  const all = { first: 6, keep: 2, episodes: 2 };
  const [run, without] = await Promise.all([
    made(agents, { backoff, selection: { race: all } }),
    made(agents, { backoff, selection: {} }),
  ]);
  await run.supervise();
  await without.supervise();
  for (const table of ["agents", "memories", "outbox", "inboxes", "events"]) {
    const columns = table === "events" ? "id, cycle, type, agent, data" : "*";
    assertEquals(run.rows(`SELECT ${columns} FROM ${table}`), without.rows(`SELECT ${columns} FROM ${table}`), table);
  }
  const { raced, places } = await outcomeOf(run);
  assertEquals(raced.slice(0, 3), [[0, "crash"], [1, "cpu"], [2, "finished"]]);
  // Of the others all are equal, and two are kept; what failed is none of them.
  assertEquals(places.length, 2);
  assert(places.every(([ordinal, place]) => Number(ordinal) > 1 && place === 1));
});

Deno.test("supervise(): what it raced is the genome that earned the score, though the agent has left it since", async () => {
  const run = await made(["changes", "honest"]);
  await run.supervise();
  const rows = run.rows(
    "SELECT e.kind, e.genome_hash FROM evaluations e JOIN agents a ON a.id = e.agent WHERE ordinal = 0 ORDER BY e.kind",
  );
  assertEquals(rows.map(({ kind }) => kind), ["judged", "race"]);
  assertEquals(rows[0]!.genome_hash, rows[1]!.genome_hash);
  assertNotEquals(run.agent(0).genome_hash, rows[1]!.genome_hash);
});

Deno.test("supervise(): ended before or within a race it goes on there, to the same end, whatever the concurrency and the isolation", async () => {
  const agents = ["fades", "honest", "changes", "writes", "throws"] as const;
  const whole = await made(agents);
  whole.concurrency = 1;
  await whole.supervise();
  const expected = await whole.digest();

  const cut = await made(agents);
  cut.signal = {
    get aborted() {
      return cut.records.length >= agents.length;
    },
  };
  const first = await cut.supervise();
  assertEquals([first.counts.judged, first.counts.raced, state(cut)], [5, undefined, "open"]);
  cut.signal = new AbortController().signal;
  const [one] = cut.rows("SELECT id FROM agents WHERE ordinal = 1");
  const second = await cut.supervise(new Set([one!.id as string]));
  assertEquals([second.counts.judged, second.counts.raced, state(cut)], [0, 1, "open"]);
  // So a killed step leaves what it has begun.
  {
    using listing = cut.listing();
    listing.run("UPDATE evaluations SET outcome = NULL WHERE kind = 'race'");
  }
  const third = await cut.supervise();
  assertEquals([third.counts.judged, third.counts.raced, state(cut)], [0, 4, "judged"]);
  assertEquals(await cut.digest(), expected);
  const again = await cut.supervise();
  assertEquals(again.counts.updates, 0);
});

Deno.test("supervise(): a race that is cut short and asked for otherwise is of the new worlds alone", async () => {
  const run = await made(["honest", "honest"]);
  run.signal = {
    get aborted() {
      return run.records.length >= 3;
    },
  };
  await run.supervise();
  const config = await loadConfig(run.paths);
  await Deno.writeTextFile(
    run.paths.config,
    JSON.stringify({ selection: { race: { ...config.selection.race, episodes: 9 } } }),
  );
  run.signal = new AbortController().signal;
  await run.supervise();
  const rows = run.rows("SELECT json_array_length(scores) AS n FROM evaluations WHERE kind = 'race'");
  assertEquals(rows, [{ n: 9 }, { n: 9 }]);
});

Deno.test("supervise() refuses a race in a world that is not noisy, before it evaluates anything", async () => {
  const run = await MadeRun.make(["honest"], { noisy: false, config: { selection: { race } } });
  const { issue } = await assertRejects(() => run.supervise(), Misuse);
  assertEquals([issue.code, run.outcomes()], ["selection.needs", []]);
});

Deno.test("compaction leaves of races what failed, until their agents are forgotten", async () => {
  const run = await made(["honest", "balks"]);
  await run.supervise();
  using listing = run.listing();
  listing.transaction(() => forgetOld(listing, { from: 0, to: 1 }));
  const rows = run.rows("SELECT kind, outcome FROM evaluations WHERE kind = 'race'");
  assertEquals(rows, [{ kind: "race", outcome: "crash" }]);
});
