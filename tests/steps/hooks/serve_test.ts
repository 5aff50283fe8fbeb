import { assert, assertEquals, assertNotEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { forgetOld } from "../../../lib/db/compaction.ts";
import { Listing } from "../../../lib/db/listing.ts";
import { readDeadLetters } from "../../../lib/hooks/dead_letters.ts";
import type { DeadLetter } from "../../../lib/hooks/dead_letters.ts";
import type { EventDelivered } from "../../../lib/records/run.ts";
import { deliver } from "../../../lib/steps/hooks/deliver.ts";
import { Misuse } from "../../../lib/util/issue.ts";
import { makeStep } from "../report/made_step.ts";
import { addEvents, makeDue, makeEvents, upTo } from "./made_events.ts";
import { Receiver } from "./receiver.ts";

function status(code: number, headers: Record<string, string> = {}): () => Response {
  return () => new Response(null, { status: code, headers });
}

async function run(root: string, options = {}) {
  const { step, records, logged } = makeStep(root);
  const counts = await deliver(step, options);
  const told = (records as unknown as EventDelivered[]).filter(({ to }) => !to.startsWith("logs/"));
  return { counts, told, logged, records };
}

function letters(root: string): DeadLetter[] {
  return readDeadLetters(`${root}/logs`) as DeadLetter[];
}

function sql(root: string, text: string): void {
  using listing = Listing.open(`${root}/workspace/listing.db`);
  listing.db.exec(text);
}

Deno.test("an event keeps its id over attempts, other events have others, and it is tried until it is taken", async () => {
  await using receiver = new Receiver();
  const root = await makeEvents(1, { hooks: [{ webhook: receiver.url }] });
  receiver.answer = status(503);
  for (let i = 0; i < 3; i++) {
    const { counts } = await run(root);
    assertEquals([counts.failed, counts.delivered, counts.waiting], [1, 0, 3]);
    makeDue(root);
  }
  receiver.answer = status(204);
  assertEquals((await run(root)).counts.delivered, 3);
  assertEquals((await run(root)).counts.updates, 0);
  // With the fewest attempts first, so that one that is never taken holds up no other.
  assertEquals(receiver.numbers, [1, 2, 3, 1, 2, 3]);
  const ids = receiver.got.map(({ id }) => id);
  assertEquals(ids.slice(0, 3), ids.slice(3));
  assertEquals(new Set(ids).size, 3);
  assert(receiver.got.every(({ id, body }) => JSON.parse(body).eventId === id));
});

Deno.test("what passes is tried again, and any other refusal makes a dead letter at once", async () => {
  for (const [code, concern] of [[408, "due"], [425, "due"], [429, "due"], [500, "due"], [599, "due"]] as const) {
    await using receiver = new Receiver();
    receiver.answer = status(code);
    const root = await makeEvents(1, { hooks: [{ webhook: receiver.url, on: ["cycle.finished"] }] });
    const [told] = (await run(root)).told;
    assertEquals([code, told!.issue!.code, concern in told!, letters(root).length], [
      code,
      "hook.unavailable",
      true,
      0,
    ]);
  }
  for (const code of [301, 400, 401, 404, 410, 422]) {
    await using receiver = new Receiver();
    receiver.answer = status(code, { location: "/x" });
    const root = await makeEvents(2, { hooks: [{ webhook: receiver.url }] });
    const { counts, told } = await run(root);
    assertEquals([code, counts.failed, counts.dead, counts.waiting, receiver.numbers], [code, 6, 6, 0, upTo(6)]);
    assert(told.every(({ dead, due }) => dead === "refused" && due === undefined));
    assertEquals(letters(root).map(({ event }) => event.number), upTo(6));
  }
});

Deno.test("Retry-After is heeded in seconds and as a date, and is capped", async () => {
  const year = new Date(Date.now() + 365 * 86_400_000).toUTCString();
  for (
    const [asked, from, to] of [["120", 119, 125], ["999999999", 590, 605], [year, 590, 605], ["soon", 5, 15]] as const
  ) {
    await using receiver = new Receiver();
    receiver.answer = status(429, { "retry-after": asked });
    const root = await makeEvents(1, { hooks: [{ webhook: receiver.url, retry: { maxBackoffSeconds: 600 } }] });
    const began = Date.now();
    const [told] = (await run(root)).told;
    const seconds = (Date.parse(told!.due!) - began) / 1000;
    assert(seconds >= from && seconds <= to, `${asked}: ${seconds}`);
    // Until then it is asked for nothing, not even for what is new.
    using listing = Listing.open(`${root}/workspace/listing.db`);
    addEvents(listing, 1);
    assertEquals([(await run(root)).counts.waiting, receiver.got.length], [6, 1]);
  }
});

Deno.test("a receiver that is dead costs one time-out in a run of the step, however many events wait", async () => {
  await using receiver = new Receiver();
  const released = Promise.withResolvers<Response>();
  receiver.answer = () => released.promise;
  const root = await makeEvents(20, { hooks: [{ webhook: receiver.url, timeoutSeconds: 0.2 }] });
  const { counts, told } = await run(root);
  assertEquals([counts.failed, counts.waiting, receiver.got.length], [1, 60, 1]);
  assertEquals(told[0]!.issue!.code, "hook.timeout");
  assertEquals((await run(root)).counts.updates, 0); // Its back-off.
  released.resolve(new Response());
});

Deno.test("refusals that take their time cost one time-out together, and what was broken off counts for nothing", async () => {
  await using receiver = new Receiver();
  const released = Promise.withResolvers<Response>();
  let slow = 150;
  receiver.answer = async () => {
    if (slow === 0) return await released.promise;
    await new Promise((resolve) => setTimeout(resolve, slow));
    slow = 0;
    return new Response(null, { status: 404 });
  };
  const root = await makeEvents(2, { hooks: [{ webhook: receiver.url, timeoutSeconds: 1.5 }] });
  const { counts, told } = await run(root);
  assertEquals([counts.dead, counts.waiting, told.map(({ issue }) => issue?.code)], [
    1,
    5,
    ["hook.refused", "hook.interrupted"],
  ]);
  released.resolve(new Response());
  receiver.answer = status(200);
  assertEquals((await run(root)).counts.delivered, 5); // At once: it is in no back-off.
});

Deno.test("an ordered hook gets no event before those that were recorded earlier; another one does", async () => {
  for (const ordered of [true, false]) {
    await using receiver = new Receiver();
    let refused = true;
    receiver.answer = ({ number }) => new Response(null, { status: number === 2 && refused ? 500 : 200 });
    const root = await makeEvents(2, { hooks: [{ webhook: receiver.url, ordered }] });
    for (let i = 0; i < 3; i++) {
      await run(root);
      makeDue(root);
    }
    assertEquals(receiver.numbers, ordered ? [1, 2, 2, 2] : [1, 2, 3, 4, 5, 6, 2, 2]);
    refused = false;
    await run(root);
    assertEquals(receiver.numbers.slice(ordered ? 4 : 8), ordered ? [2, 3, 4, 5, 6] : [2]);
  }
});

Deno.test("an ordered hook goes on behind a dead letter", async () => {
  await using receiver = new Receiver();
  receiver.answer = ({ number }) => new Response(null, { status: number === 2 ? 400 : 200 });
  const root = await makeEvents(1, { hooks: [{ webhook: receiver.url, ordered: true }] });
  const { counts } = await run(root);
  assertEquals([counts.delivered, counts.dead, receiver.numbers], [2, 1, [1, 2, 3]]);
});

Deno.test("attempts, age and number of what waits are bounded by the configuration", async () => {
  const retry = { maxAttempts: 2, maxAgeSeconds: 1000, maxWaiting: 4 };
  const root = await makeEvents(2, { hooks: [{ webhook: "http://127.0.0.1:1/SECRET", retry }] });
  const first = await run(root);
  assertEquals([first.counts.waiting, first.counts.dead], [4, 2]);
  assertEquals(letters(root).map(({ event, reason }) => [event.number, reason]), [[1, "waiting"], [2, "waiting"]]);
  sql(root, "UPDATE deliveries SET attempts = 1, due_ms = 0; UPDATE hook_backoffs SET until_ms = 0");
  assertEquals((await run(root)).told.map(({ number, dead }) => [number, dead]), [[3, "attempts"]]);
  sql(root, "UPDATE deliveries SET since_ms = since_ms - 2000000 WHERE event = 5");
  assertEquals((await run(root)).told.map(({ number, dead, attempt }) => [number, dead, attempt]), [[5, "age", 0]]);
  assertEquals(letters(root).map(({ reason }) => reason), ["waiting", "waiting", "attempts", "age"]);
  assert(!(await Deno.readTextFile(`${root}/logs/dead-letters.ndjson`)).includes("SECRET"));
});

Deno.test("--retry-dead gives dead letters again with their ids, and keeps those that are not taken", async () => {
  await using receiver = new Receiver();
  receiver.answer = status(400);
  const root = await makeEvents(1, { hooks: [{ webhook: receiver.url }] });
  await run(root);
  await Deno.writeTextFile(`${root}/logs/dead-letters.ndjson`, "no letter\n", { append: true });
  const ids = receiver.got.map(({ id }) => id);
  receiver.answer = ({ number }) => new Response(null, { status: number === 2 ? 400 : 200 });
  const { counts } = await run(root, { retryDead: true });
  assertEquals([counts.delivered, counts.failed], [2, 1]);
  assertEquals(receiver.got.slice(3).map(({ id }) => id), ids);
  const lines = readDeadLetters(`${root}/logs`);
  assertEquals(lines.map((line) => typeof line === "string" ? line : line.attempts), ["no letter", 2]);
  receiver.answer = status(200);
  await run(root, { retryDead: true });
  assertEquals(readDeadLetters(`${root}/logs`), ["no letter"]);
});

Deno.test("a hook that is removed leaves what waited for it as dead letters", async () => {
  const root = await makeEvents(1, { hooks: [{ webhook: "http://127.0.0.1:1/" }] });
  await run(root);
  await Deno.writeTextFile(`${root}/workspace/config.json`, "{}");
  assertEquals((await run(root)).counts.dead, 3);
  assertEquals(letters(root).map(({ reason }) => reason), ["removed", "removed", "removed"]);
  assertEquals((await run(root)).counts, { updates: 0, events: 0, delivered: 0, failed: 0, dead: 0, waiting: 0 });
});

Deno.test("a hook gets events of the agents that it names alone, and an agent that there never was is an error", async () => {
  await using receiver = new Receiver();
  const root = await makeEvents(2, { hooks: [{ webhook: receiver.url, agents: ["b1", "a2"] }] });
  const error = await assertRejects(() => run(root), Misuse);
  assertStringIncludes(error.message, '"b1" is none');
  for (const [ordinal, id] of ["b1", "a2"].entries()) {
    sql(
      root,
      `INSERT INTO agents (ordinal, id, status, kind, stage, generation, born, genome_hash, code_hash, energy)
        VALUES (${ordinal}, '${id}', 'active', 'init', 'adult', 0, 0, 'G', 'C', 1)`,
    );
  }
  await run(root);
  assertEquals(receiver.numbers, [2, 4]);
});

Deno.test("a clock that was set back leaves no hook alone for longer than its longest back-off", async () => {
  await using receiver = new Receiver();
  receiver.answer = status(500);
  const root = await makeEvents(1, { hooks: [{ webhook: receiver.url }] });
  await run(root);
  sql(root, "UPDATE deliveries SET due_ms = 9e15; UPDATE hook_backoffs SET until_ms = 9e15");
  receiver.answer = status(200);
  assertEquals((await run(root)).counts.delivered, 3);
});

Deno.test("an event of another course of the run has another id, though its number is the same", async () => {
  await using receiver = new Receiver();
  const config = { hooks: [{ webhook: receiver.url }] };
  const root = await makeEvents(1, config);
  const copy = await Deno.makeTempDir();
  await run(root);
  for (const folder of ["workspace"]) {
    await Deno.mkdir(`${copy}/${folder}`);
    await Deno.copyFile(`${root}/${folder}/listing.db`, `${copy}/${folder}/listing.db`);
    await Deno.copyFile(`${root}/${folder}/config.json`, `${copy}/${folder}/config.json`);
  }
  sql(copy, "DELETE FROM cursors");
  sql(
    copy,
    "UPDATE events SET at = '2031-01-01T00:00:00.000Z' WHERE id = 3; INSERT INTO cursors SELECT 'events.ndjson', 0",
  );
  await run(copy);
  const [first, second] = [receiver.got.slice(0, 3), receiver.got.slice(3)].map((got) => got.map(({ id }) => id));
  assertEquals(first!.slice(0, 2), second!.slice(0, 2));
  assertNotEquals(first![2], second![2]);
});

Deno.test("a compaction leaves alone what a hook is still to be given, whether it waits or was not looked at yet", async () => {
  await using receiver = new Receiver();
  receiver.answer = ({ number }) => new Response(null, { status: number === 2 ? 500 : 200 });
  const root = await makeEvents(1, { hooks: [{ webhook: receiver.url }] });
  await run(root);
  using listing = Listing.open(`${root}/workspace/listing.db`);
  const ids = () => listing.all<{ id: number }>("SELECT id FROM events WHERE type <> 'agent.born'").map(({ id }) => id);
  listing.db.exec("UPDATE events SET type = 'cycle.finished', agent = NULL");
  addEvents(listing, 1);
  listing.db.exec("UPDATE events SET type = 'cycle.finished', agent = NULL");
  listing.transaction(() => forgetOld(listing, { from: 0, to: 1 }));
  assertEquals(ids(), [2, 3, 4, 5, 6]);
  receiver.answer = status(200);
  makeDue(root);
  await run(root);
  listing.transaction(() => forgetOld(listing, { from: 0, to: 1 }));
  assertEquals(ids(), []);
});
