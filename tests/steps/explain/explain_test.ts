import type { BirthKind } from "../../../lib/records/selection.ts";
import type { AnyRecord } from "../../../lib/records/record.ts";
import type { StepRecord } from "../../../lib/records/records.ts";
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { recordChange } from "../../../lib/db/transitions/genome.ts";
import { findAgent } from "../../../lib/db/find_agent.ts";
import { sha256 } from "../../../lib/util/hash.ts";
import { Listing } from "../../../lib/db/listing.ts";
import { manifestPath } from "../../../lib/template/pool_store.ts";
import { die, disable, reactivate } from "../../../lib/db/transitions/status.ts";
import { putAgent } from "../../../lib/toolchain/commit.ts";
import type { BuildBase, BuildRow, BuildTrigger } from "../../../lib/toolchain/due.ts";
import { recordEvent } from "../../../lib/db/events.ts";
import { explain } from "../../../lib/steps/explain/explain.ts";
import { toBytes } from "../../../lib/runtime/genome_bytes.ts";
import type { Genome } from "../../../lib/runtime/genome_schema.ts";
import { Misuse } from "../../../lib/util/issue.ts";
import { recordRanks } from "../../../lib/steps/select/record_ranks.ts";
import type { Ranked } from "../../../lib/selection/order.ts";
import type { StepContext } from "../../../lib/step/context.ts";
import { TestRun } from "../../step/_run.ts";

const genome = (learn: boolean, rate: number): Genome => ({
  version: 1,
  files: [{ path: "src/rl.ts", active: true, functions: { learn }, parameters: { rate } }],
});

/** Keeps a genome and makes it an agent's. */
async function give(listing: Listing, id: string, learn: boolean, rate: number): Promise<string> {
  const bytes = toBytes(genome(learn, rate));
  const hash = await sha256(bytes);
  listing.putBlob(hash, "genome", bytes);
  listing.run("UPDATE agents SET genome_hash = ? WHERE id = ?", hash, id);
  return hash;
}

const hex = (digit: string) => digit.repeat(64);

function built(
  listing: Listing,
  id: string,
  cycle: number,
  how: { trigger: BuildTrigger; code?: string; runtime?: string },
) {
  const { genome_hash: genomeHash, status } = listing.get("SELECT * FROM agents WHERE id = ?", id)!;
  const row = { id, status, genomeHash, codeHash: hex("b"), code: null, disabledKey: null } as BuildRow;
  const issue = how.code === undefined ? undefined : { code: how.code, message: "It can't be built." };
  const buildHash = issue ? null : hex("d");
  const base = { runtime: how.runtime ?? hex("c"), pool: hex("b") } as BuildBase;
  putAgent(listing, cycle, base, { row, trigger: how.trigger, buildHash, issue, cached: false });
}

function evaluated(
  listing: Listing,
  agent: string,
  cycle: number,
  outcome: string,
  more: Record<string, string | number>,
) {
  const row = {
    cycle,
    agent,
    kind: "judged",
    genome_hash: hex("a"),
    code_hash: hex("b"),
    build_hash: hex("d"),
    ...more,
  };
  const all = { inputs: "{}", outcome, wall_ms: 12.4, ...row };
  listing.run(
    `INSERT INTO evaluations (${Object.keys(all)}, after_event)
      VALUES (${Object.keys(all).map(() => "?")}, (SELECT coalesce(max(id), 0) FROM events))`,
    ...Object.values(all),
  );
}

function story(run: TestRun, id: string, since?: number): AnyRecord[] {
  const records: AnyRecord[] = [];
  const step = { paths: run.paths, args: [id], emit: (record: StepRecord) => void records.push({ ...record }) };
  const counts = explain(step as unknown as StepContext, { since });
  assertEquals(counts, { updates: 0, entries: records.length });
  assert(records.every((record) => record.type === "agent.explained" && record.ok && record.id === run.ids[0]));
  return records;
}

const entries = (records: readonly AnyRecord[]) =>
  records.map(({ cycle, event, reason }) => `${cycle} ${event}: ${reason}`);

const failure = { kind: "judged", outcome: "crash", cause: "agent", message: "It threw." } as const;

Deno.test("explain() tells in order why an agent is what it is", async () => {
  await using run = new TestRun().list(2);
  const [id, child] = run.ids as [string, string];
  using listing = Listing.open(run.paths.listing);
  const first = await give(listing, id, false, 0.05);
  recordEvent(listing, 0, "agent.created", id, { index: 0, genomeHash: first, codeHash: hex("c") });
  built(listing, id, 1, { trigger: "unbuilt" });
  const limit = JSON.stringify({ name: "cpuSeconds", value: 5, enforcedBy: "rlimit" });
  evaluated(listing, id, 1, "crash", {
    message: "src/rl.ts#learn threw a TypeError.",
    attempt: 2,
    limit_reached: limit,
  });
  recordEvent(listing, 1, "agent.crashed", id, { ...failure, crashes: 1, backoffUntilCycle: 3 });
  const second = await give(listing, id, true, 0.07);
  recordChange(listing, 3, id, { trigger: "edited", before: first });
  built(listing, id, 3, { trigger: "changed", code: "template.type", runtime: hex("e") });
  reactivate(listing, id, 3, "enabled");
  built(listing, id, 3, { trigger: "again", runtime: hex("e") });
  evaluated(listing, id, 3, "finished", { score: 2.5, scores: "[2,3]" });
  const ranked = { id, score: 2.5, fitness: 2.5, hasRankedGenome: true, fertile: true } as Ranked;
  const tournaments = { drawn: 3, won: 1 };
  listing.run("INSERT INTO cycles (cycle, state) VALUES (3, 'closed'), (4, 'closed')");
  recordRanks(listing, 3, [{ one: ranked, place: 1, elite: true, tournaments }], []);
  listing.run(
    "UPDATE agents SET kind = 'birth', born = 3, parents = ? WHERE id = ?",
    JSON.stringify([{ id, genomeHash: second, share: null }]),
    child,
  );
  recordRanks(listing, 4, [], [{ id, issue: { code: "fitness.number", message: "Its fitness must be a number." } }]);
  die(listing, id, 4, { code: "died.energy", message: "Its energy ran out." });
  const records = story(run, id);
  assertEquals(entries(records), [
    `0 created: by init as number 1, with a genome drawn at random (${first.slice(0, 8)})`,
    "1 built: artifact dddddddd, for the first time",
    "1 failed: its episodes ended by crash (cause: agent): src/rl.ts#learn threw a TypeError; " +
    "started 2 times, as what started it before was cut short",
    "1 backoff: until cycle 3, after a failed evaluation",
    "3 edited: scan found another genome: src/rl.ts#learn on, src/rl.ts:rate 0.05 → 0.07",
    "3 refused: not built, as the runtime is another one and as its genome changed " +
    "(src/rl.ts#learn on, src/rl.ts:rate 0.05 → 0.07): It can't be built.",
    "3 disabled: It can't be built. (cause: template)",
    "3 enabled: by `deno task enable`",
    "3 built: artifact dddddddd, once more, as it was enabled",
    "3 evaluated: 2 episodes finished with a mean score of 2.5, in 12 ms",
    "3 ranked: number 1 of 1 by fitness 2.5 (score 2.5); an elite, whose genome is kept; " +
    `drawn for 3 tournaments, of which it won 1; first parent of ${child.slice(0, 8)}`,
    "4 unranked: Its fitness must be a number.",
    "4 died: Its energy ran out.",
  ]);
  assertEquals(records[2]!.limit, { name: "cpuSeconds", value: 5, enforcedBy: "rlimit" });
  assertEquals(records[4]!.changes, [
    { locus: "src/rl.ts#learn", before: false, after: true },
    { locus: "src/rl.ts:rate", before: 0.05, after: 0.07 },
  ]);
  assertEquals([records[5]!.code, records[10]!.children], [
    "template.type",
    [{ id: child, kind: "birth", first: true }],
  ]);
  assertEquals(entries(story(run, id, 4)), entries(records.slice(-2)));
});

/** Gives a run a pool whose world has these settings. */
function template(run: TestRun, listing: Listing, world: Record<string, unknown>): void {
  const hash = hex("f");
  Deno.mkdirSync(`${run.paths.template}/pools`, { recursive: true });
  const manifest = { hash, world, worldSource: hash, files: [] };
  Deno.writeTextFileSync(manifestPath(run.paths, hash), JSON.stringify(manifest));
  listing.setMeta("pool", hash);
}

Deno.test("explain() gives the world's objective in place of the score, and what it may not expect", async () => {
  await using run = new TestRun().list(1);
  const [id] = run.ids as [string];
  using listing = Listing.open(run.paths.listing);
  const box = { space: "box", length: 1, low: 0, high: 1 };
  template(run, listing, { objectives: [{ name: "gap", sense: "minimise" }], action: box });
  listing.run("UPDATE agents SET score = -2.5, energy = 9, reach = 'r', built_from = genome_hash || ':r:c'");
  listing.run("INSERT INTO cycles (cycle, state) VALUES (1, 'closed'), (2, 'closed'), (3, 'closed')");
  const more = { score: -2.5, scores: "[-2,-3]" };
  evaluated(listing, id, 1, "finished", { ...more, violation: 0.5, invalid: 3, drew: 1 });
  evaluated(listing, id, 2, "finished", more);
  evaluated(listing, id, 3, "finished", { ...more, genome_hash: hex("9") });
  const rank = (cycle: number, fitness: number) => {
    const one = { id, score: -2.5, fitness, hasRankedGenome: true, fertile: true } as Ranked;
    recordRanks(listing, cycle, [{ one, place: 1, elite: false, tournaments: { drawn: 0, won: 0 } }], []);
  };
  rank(1, -2.5);
  rank(2, -2.5);
  rank(3, 7);
  const records = story(run, id);
  const tail = "drawn for no tournament; not chosen as a parent";
  assertEquals(entries(records), [
    "1 evaluated: 2 episodes finished with a mean gap of 2.5, in 12 ms; infeasible (violation 0.5); " +
    "3 actions missing or out of the space; a gene drew random numbers though the world is not noisy",
    `1 ranked: number 1 of 1 by gap 2.5; infeasible (violation 0.5), so after all that is feasible; ${tail}`,
    "2 evaluated: 2 episodes finished with a mean gap of 2.5, in 12 ms",
    // Over both evaluations of the genome, as its score is.
    `2 ranked: number 1 of 1 by gap 2.5; infeasible (violation 0.25), so after all that is feasible; ${tail}`,
    "3 evaluated: 2 episodes finished with a mean gap of 2.5, in 12 ms",
    `3 ranked: number 1 of 1 by fitness 7 (gap 2.5); ${tail}`,
    "3 now: active, generation 0, gap 2.5, energy 9; it waits for the next cycle",
  ]);
  const objective = { name: "gap", sense: "minimise", value: 2.5 };
  assert(records.every((record) => record.score === -2.5));
  assertEquals(records.map((record) => record.objective), Array(7).fill(objective));
  assertEquals(records.map(({ violation }) => violation), [0.5, 0.5, undefined, 0.25, undefined, undefined, undefined]);
  assertEquals([records[0]!.invalid, records[0]!.drew], [3, true]);
  // An agent without an action does the first of those with names: that is no fault.
  template(run, listing, { actions: ["stay", "go"] });
  assertEquals(
    story(run, id)[0]!.reason,
    "2 episodes finished with a mean score of -2.5, in 12 ms; infeasible (violation 0.5); " +
      "a gene drew random numbers though the world is not noisy",
  );
});

Deno.test("explain() says last what a living agent waits for", async () => {
  await using run = new TestRun().list(1);
  const [id] = run.ids as [string];
  using listing = Listing.open(run.paths.listing);
  const waits = () => String(story(run, id).at(-1)!.reason).split("; ")[1];
  assertEquals(waits(), "it is to be wired and built next");
  listing.run("UPDATE agents SET reach = 'r', built_from = genome_hash || ':r:c'");
  assertEquals(waits(), "it waits for the next cycle");
  listing.run("INSERT INTO cycles (cycle, state) VALUES (1, 'open')");
  assertEquals(waits(), "its episodes are due");
  listing.run("UPDATE agents SET backoff_until_cycle = 3");
  assertEquals(waits(), "it is backed off until cycle 3");
  disable(listing, id, 1, { code: "evaluation.crash", message: "It failed." });
  assertMatch(waits()!, /^it dies in a later cycle/);
});

Deno.test("explain() names an agent's parents, and says why one is a copy", async () => {
  await using run = new TestRun().list(3);
  using listing = Listing.open(run.paths.listing);
  const [id, first, mate] = run.ids as [string, string, string];
  const parents = [{ id: first, genomeHash: hex("a"), share: 0.75 }, { id: mate, genomeHash: hex("a"), share: 0.5 }];
  const born = (kind: BirthKind, of: typeof parents) => {
    listing.run("DELETE FROM events");
    listing.run("UPDATE agents SET parents = ?, generation = 4 WHERE id = ?", JSON.stringify(of), id);
    recordEvent(listing, 2, "agent.born", id, { kind, generation: 4, parents: of });
    return entries(story(run, id))[0];
  };
  assertEquals(
    born("birth", parents),
    "2 born: of 00000000 (75 %), whose genome it was given, and of 00000000 (50 %) by its inbox; generation 4",
  );
  assertEquals(born("birth", parents.slice(1)), "2 born: of 00000000 (50 %), whose genome it was given; generation 4");
  const copied = (trigger: string) => `2 copied: of 00000000${trigger}, without gestation; generation 4`;
  assertEquals(born("copy", parents.slice(0, 1)), copied(""));
  const left = [{ ...parents[0]!, genomeHash: hex("b") }];
  assertEquals(born("copy", left), copied(", which has another genome since"));
  die(listing, first, 2, { code: "died.energy", message: "Its energy ran out." });
  assertEquals(born("copy", parents.slice(0, 1)), copied(", which died in that cycle"));
  assertEquals(born("random", []), "2 born: with a genome drawn at random; generation 4");
});

Deno.test("explain(): no back-off is shown of what is disabled for the failure", async () => {
  await using run = new TestRun().list(1);
  using listing = Listing.open(run.paths.listing);
  const [id] = run.ids as [string];
  recordEvent(listing, 1, "agent.crashed", id, { ...failure, crashes: 3, backoffUntilCycle: 6 });
  disable(listing, id, 1, { code: "evaluation.crash", message: "It failed 3 times in a row." });
  assertEquals(entries(story(run, id)).slice(0, -1), ["1 disabled: It failed 3 times in a row. (cause: agent)"]);
  recordEvent(listing, 2, "resident.ended", id, { message: "Its resident ended by SIGKILL.", restarts: 1 });
  const ended = story(run, id).at(-2)!;
  assertEquals([entries([ended]), ended.restarts], [["2 ended: Its resident ended by SIGKILL."], 1]);
});

Deno.test("explain(): genomes that are lost or are none are said to be so", async () => {
  await using run = new TestRun().list(1);
  using listing = Listing.open(run.paths.listing);
  const [id] = run.ids as [string];
  const bytes = new TextEncoder().encode("no genome");
  const hash = await sha256(bytes);
  listing.putBlob(hash, "genome", bytes);
  listing.run("UPDATE agents SET genome_hash = ?", hash);
  recordChange(listing, 1, id, { trigger: "judged", before: hex("0") });
  const changed = "1 changed: after its episodes it took up another genome: one of the two is no genome that is kept";
  assertEquals(entries(story(run, id))[0], changed);
});

Deno.test("findAgent() takes an id or how one begins, and names the nearest one", async () => {
  await using run = new TestRun().list(12);
  using listing = Listing.open(run.paths.listing);
  assertEquals(findAgent(listing, [run.ids[3]!]), run.ids[3]);
  assertEquals(findAgent(listing, [run.ids[11]!.slice(0, -1) + "1"]), run.ids[11]);
  listing.run("UPDATE agents SET id = 'abcd' || substr(id, 5) WHERE ordinal = 2");
  assertEquals(findAgent(listing, ["AB"]), `abcd${run.ids[2]!.slice(4)}`);
  const refused = (...args: string[]) => assertThrows(() => findAgent(listing, args), Misuse).issue;
  assertEquals(refused("0000").code, "agent.ambiguous");
  assertMatch(refused("0000").message, /11 ids begin so: .*, and 7 more\.$/);
  assertEquals(refused("abdc").message.split("the nearest one is ")[1], `abcd${run.ids[2]!.slice(4)}.`);
  assertMatch(refused("zzzzzzzz").message, /`deno task status` shows the ids/);
  assertEquals(refused("a", "b").code, "arguments");
});
