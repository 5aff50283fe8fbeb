import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { deliver } from "../../../lib/steps/hooks/deliver.ts";
import { Misuse } from "../../../lib/util/issue.ts";
import { makeStep } from "../report/made_step.ts";
import { addEvents, loggedNumbers, makeDue, makeEvents, upTo } from "./made_events.ts";

/** A command that keeps the numbers of the events that it gets in a file. */
function keeping(file: string): string[] {
  return ["sh", "-c", `sed 's/.*"number":\\([0-9]*\\),.*/\\1/' >> ${file}`];
}

async function kept(root: string, file: string): Promise<number[]> {
  return (await Deno.readTextFile(`${root}/${file}`)).trim().split("\n").map(Number);
}

Deno.test("deliver() gives each event to the log and to each hook that waits for its type, then has nothing to do", async () => {
  const root = await makeEvents(2, {
    hooks: [{ command: keeping("all") }, { on: ["cycle.finished"], command: keeping("cycles") }],
  });
  const { step, records } = makeStep(root);
  assertEquals(await deliver(step), { updates: 14, events: 6, delivered: 8, failed: 0, dead: 0, waiting: 0 });
  assertEquals(await loggedNumbers(root), upTo(6));
  assertEquals(await kept(root, "all"), upTo(6));
  assertEquals(await kept(root, "cycles"), [3, 6]);
  assertEquals(records.length, 14);
  assertEquals(records.find(({ to, number }) => to === "command sh" && number === 1), {
    type: "event.delivered",
    id: "a1",
    ok: true,
    event: "agent.born",
    number: 1,
    cycle: 1,
    to: "command sh",
    attempt: 1,
  });
  assertEquals((await deliver(makeStep(root).step)).updates, 0);
});

Deno.test("deliver() reports hooks that hang or fail, and none of them holds up another", async () => {
  const root = await makeEvents(2, {
    hooks: [
      { command: ["sleep", "1000"], timeoutSeconds: 0.3 },
      { command: ["sh", "-c", "exit 1"] },
      { webhook: "http://127.0.0.1:1/SECRET" },
      { command: keeping("all") },
    ],
  });
  const { step, records, logged } = makeStep(root);
  // One that hangs or is not there is left alone at once, one that fails after three times.
  assertEquals(await deliver(step), { updates: 17, events: 6, delivered: 6, failed: 5, dead: 0, waiting: 18 });
  assertEquals(await kept(root, "all"), upTo(6));
  const codes = records.filter((record) => !record.ok).map((record) => `${record.number} ${record.issue!.code}`).sort();
  assertEquals(codes, [
    "1 hook.failed",
    "1 hook.timeout",
    "1 hook.unreachable",
    "2 hook.failed",
    "3 hook.failed",
  ]);
  assertEquals(logged.length, 5);
  assertEquals(JSON.stringify([records, logged]).includes("SECRET"), false);
});

Deno.test("deliver() gives a hook what it has not taken when that is due, those with the fewest attempts first", async () => {
  const failing = ["sh", "-c", `n=$(sed 's/.*"number":\\([0-9]*\\),.*/\\1/'); echo $n >> tried; [ -e fixed ]`];
  const root = await makeEvents(2, { hooks: [{ command: failing }] });
  assertEquals((await deliver(makeStep(root).step)).failed, 3);
  await Deno.writeTextFile(`${root}/fixed`, "");
  assertEquals((await deliver(makeStep(root).step)).updates, 0);
  makeDue(root);
  assertEquals((await deliver(makeStep(root).step)).delivered, 6);
  assertEquals(await kept(root, "tried"), [1, 2, 3, 4, 5, 6, 1, 2, 3]);
});

Deno.test("deliver() begins for a new hook with what happened since the last delivery", async () => {
  const root = await makeEvents(2);
  await deliver(makeStep(root).step);
  const config = { hooks: [{ command: keeping("late") }] };
  await Deno.writeTextFile(`${root}/workspace/config.json`, JSON.stringify(config));
  assertEquals((await deliver(makeStep(root).step)).updates, 0);
  {
    using listing = Listing.open(`${root}/workspace/listing.db`);
    addEvents(listing, 1);
  }
  await deliver(makeStep(root).step);
  assertEquals(await kept(root, "late"), [7, 8, 9]);
});

Deno.test("deliver() ends its hooks when it is interrupted, and goes on later", async () => {
  const interrupt = new AbortController();
  const root = await makeEvents(1, { hooks: [{ command: ["sleep", "1000"] }] });
  const { step } = makeStep(root, { signal: interrupt.signal });
  const done = deliver({ ...step, emit: () => interrupt.abort() });
  assertEquals((await done).delivered, 0);
  await Deno.writeTextFile(`${root}/workspace/config.json`, JSON.stringify({ hooks: [] }));
  assertEquals((await deliver(makeStep(root).step)).updates, 0);
  assertEquals(await loggedNumbers(root), upTo(3));
});

Deno.test("deliver() refuses a hook that waits for an event that does not exist", async () => {
  const root = await makeEvents(1, { hooks: [{ on: ["agent.borne"], command: ["true"] }] });
  const error = await assertRejects(() => deliver(makeStep(root).step), Misuse);
  assertStringIncludes((error as Misuse).message, '"agent.borne" is none of');
});

Deno.test("deliver() leaves alone what is no receiver's cursor, such as the mark of a chain at work", async () => {
  const root = await makeEvents(1);
  using listing = Listing.open(`${root}/workspace/listing.db`);
  listing.run("INSERT INTO cursors VALUES ('lifecycle', 1)");
  assertEquals((await deliver(makeStep(root).step)).events, 3);
  assertEquals(listing.get("SELECT event FROM cursors WHERE name = 'lifecycle'"), { event: 1 });
  assertEquals((await deliver(makeStep(root).step)).updates, 0);
});
