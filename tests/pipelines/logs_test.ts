import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Listing } from "../../lib/db/listing.ts";
import { die } from "../../lib/db/transitions/status.ts";
import { recordEvent } from "../../lib/db/events.ts";
import { placeOf } from "../../lib/isolation/residents/place.ts";
import { begin, pipeline, run, TestRun } from "../step/_run.ts";

const insert = `
INSERT INTO evaluations (cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, outcome, message, score, wall_ms,
    after_event)
  VALUES (?, ?, ?, 'g', 'c', 'b', '{}', ?, ?, ?, 12.4, (SELECT coalesce(max(id), 0) FROM events))`;

function live(listing: Listing, agent: string, cycle: number, how: { score?: number; message?: string }): void {
  const outcome = how.message === undefined ? "finished" : "crash";
  listing.run(insert, cycle, agent, "judged", outcome, how.message ?? null, how.score ?? null);
}

/** One agent with evaluations in cycles 1 to 30. */
function made(test: TestRun): Listing {
  test.list(1);
  const listing = Listing.open(test.paths.listing);
  for (let cycle = 1; cycle <= 30; cycle++) live(listing, test.ids[0]!, cycle, { score: cycle / 3 });
  return listing;
}

Deno.test("logs shows the last lines, in every format, without what a terminal would obey", async () => {
  await using test = new TestRun();
  using listing = made(test);
  const [id] = test.ids as [string];
  live(listing, id, 31, { message: "src/a.ts#run threw \x1b[2J\x1b]0;owned\x07\u202eError" });
  const logs = (...args: string[]) => run(pipeline("logs", "--run", test.name, id.slice(0, 20), ...args));
  const { code, records, out } = await logs();
  assertEquals([code, records.length], [0, 21]);
  assertEquals(records.at(-3), {
    type: "agent.logged",
    step: "logs",
    id,
    cycle: 30,
    kind: "judged",
    score: 10,
    wallMs: 12.4,
    outcome: "finished",
    ok: true,
  });
  assertEquals([records.at(-2)!.ok, (records.at(-2)!.issue as { code: string }).code], [false, "evaluation.crash"]);
  assertMatch(out, /^[\n\x20-\x7e]*$/);
  const table = await logs("--lines", "2", "--format", "table");
  assertEquals(table.out.trimEnd().split("\n"), [
    "cycle 30    judged     finished     12 ms  score 10",
    "cycle 31    judged     crash        12 ms  src/a.ts#run threw  Error",
  ]);
  const none = await logs("--lines", "0");
  assertEquals(none.records.map(({ type }) => type), ["step.finished"]);
});

Deno.test("logs --follow shows each evaluation once as it ends, until the agent is dead", async () => {
  await using test = new TestRun();
  using listing = made(test);
  const [id] = test.ids as [string];
  const following = begin(pipeline("logs", "--run", test.name, id, "--lines", "1", "--follow"));
  await following.saw('"cycle":30');
  live(listing, id, 31, { score: 1 });
  await following.saw('"cycle":31');
  listing.run("UPDATE agents SET energy = 7");
  live(listing, id, 32, { message: "It threw." });
  recordEvent(listing, 32, "agent.crashed", id, { kind: "judged", outcome: "crash", cause: "agent", message: "" });
  // It was run again, as after a gestation that failed.
  listing.run("DELETE FROM evaluations WHERE cycle = 32");
  live(listing, id, 32, { score: 2 });
  await following.saw('"score":2,');
  die(listing, id, 33, { code: "died.rank", message: "It was the worst." });
  const { code, records } = await following.ended;
  const shown = records.slice(0, -1).map(({ cycle, outcome }) => `${cycle} ${outcome}`);
  // What was gone before anybody looked need not have been seen.
  assertEquals([code, shown.filter((line) => line !== "32 crash")], [0, ["30 finished", "31 finished", "32 finished"]]);
  const dead = await run(pipeline("logs", "--run", test.name, id, "--follow", "--format", "table"));
  assertEquals([dead.code, dead.out.trimEnd().split("\n").length], [0, 20]);
});

Deno.test("logs --follow ends on an interrupt with 130, and shows a table's lines at once", async () => {
  await using test = new TestRun();
  using listing = made(test);
  const [id] = test.ids as [string];
  const following = begin(pipeline("logs", "--run", test.name, id, "--follow", "--format", "table"));
  await following.saw("cycle 30");
  live(listing, id, 31, { score: 1 });
  await following.saw("cycle 31");
  following.child.kill("SIGINT");
  const { code, err } = await following.ended;
  assertEquals(code, 130);
  assertStringIncludes(err, "interrupted");
});

Deno.test("logs tells of an agent's resident: its ends, and what it writes on stderr", async () => {
  await using test = new TestRun();
  using listing = made(test);
  const [id] = test.ids as [string];
  const nonce = crypto.randomUUID();
  const { err } = placeOf(test.paths.residents, nonce);
  await Deno.mkdir(test.paths.residents);
  await Deno.writeTextFile(err, "first\nsecond \x1b[2J\u202ehidden\nhalf a li");
  recordEvent(listing, 30, "resident.ended", id, { message: "Its resident ended by SIGKILL.", restarts: 1 });
  listing.run("INSERT INTO residents (agent, nonce) VALUES (?, ?)", id, nonce);
  const following = begin(pipeline("logs", "--run", test.name, id, "--lines", "2", "--follow"));
  await following.saw("hidden");
  await Deno.writeTextFile(err, "ne\n", { append: true });
  live(listing, id, 31, { score: 1 });
  await following.saw("half a line");
  die(listing, id, 31, { code: "died.rank", message: "It was the worst." });
  const { code, records } = await following.ended;
  assertEquals(code, 0);
  const shown = records.slice(0, -1).map(({ kind, outcome, message }) => `${kind} ${outcome ?? message}`);
  assertEquals(shown.slice(0, 4), ["judged finished", "resident ended", "stderr first", "stderr second  hidden"]);
  // Nothing says which of the two was first.
  assertEquals(shown.slice(4).sort(), ["judged finished", "stderr half a line"]);
  assertEquals(records[1]!.issue, { code: "resident.ended", message: "Its resident ended by SIGKILL." });
  const table = await run(pipeline("logs", "--run", test.name, id, "--lines", "3", "--format", "table"));
  assertEquals(table.out.trimEnd().split("\n").slice(1), [
    "cycle 30    resident   ended               Its resident ended by SIGKILL.",
    "cycle 31    judged     finished     12 ms  score 1",
    "stderr      first",
    "stderr      second  hidden",
    "stderr      half a line",
  ]);
});

Deno.test("logs: an id that no agent has is misuse, and the nearest one is named", async () => {
  await using test = new TestRun().list(1);
  const { code, err } = await run(pipeline("logs", "--run", test.name, "00000000-0000-8000-8000-00000000000f"));
  assertEquals(code, 2);
  assertStringIncludes(err, `the nearest one is ${test.ids[0]}`);
});
