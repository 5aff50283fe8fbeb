import type { RunEvent } from "../../lib/records/events.ts";
import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { Listing } from "../../lib/db/listing.ts";
import { cursor, logCursor } from "../../lib/db/cursors.ts";
import { writeEventLog } from "../../lib/hooks/event_log.ts";
import { recordEvent } from "../../lib/db/events.ts";
import { lastEvent } from "../../lib/db/read_events.ts";
import { StepFailed } from "../../lib/util/issue.ts";
import { addEvents, loggedNumbers, makeEvents, upTo } from "../steps/hooks/made_events.ts";

function write(root: string, listing: Listing): RunEvent[] {
  const written: RunEvent[] = [];
  writeEventLog(listing, {
    folder: `${root}/logs`,
    upTo: lastEvent(listing),
    signal: new AbortController().signal,
    onWritten: (event) => void written.push(event),
  });
  return written;
}

Deno.test("writeEventLog() writes each event once, in order", async () => {
  const root = await makeEvents(400);
  using listing = Listing.open(`${root}/workspace/listing.db`);
  assertEquals(write(root, listing).length, 1200);
  assertEquals(write(root, listing).length, 0);
  addEvents(listing, 1);
  assertEquals(write(root, listing).map((event) => event.number), [1201, 1202, 1203]);
  assertEquals(await loggedNumbers(root), upTo(1203));
  const lines = (await Deno.readTextFile(`${root}/logs/events.ndjson`)).split("\n");
  const { at, ...event } = JSON.parse(lines[0]!);
  const data = { kind: "birth", generation: 1, parents: [] };
  assertEquals(event, { number: 1, type: "agent.born", cycle: 1, id: "a1", data });
  assertMatch(at, /^\d{4}-\d\d-\d\dT/);
});

Deno.test("writeEventLog() neither loses nor doubles lines that were written before their cursor was moved", async () => {
  const root = await makeEvents(3);
  using listing = Listing.open(`${root}/workspace/listing.db`);
  write(root, listing);
  for (const reached of [0, 4, 9]) {
    listing.run("UPDATE cursors SET event = ?", reached);
    assertEquals(write(root, listing).length, 0);
    assertEquals(await loggedNumbers(root), upTo(9));
    assertEquals(cursor(listing, logCursor), 9);
  }
});

Deno.test("writeEventLog() cuts off half a line, wherever the write broke off", async () => {
  const root = await makeEvents(3);
  using listing = Listing.open(`${root}/workspace/listing.db`);
  write(root, listing);
  const path = `${root}/logs/events.ndjson`;
  const whole = await Deno.readTextFile(path);
  const lengths = [...upTo(whole.length).filter((length) => length % 97 === 0), whole.length - 1, 0];
  for (const length of lengths) {
    await Deno.writeTextFile(path, whole.slice(0, length));
    listing.run("UPDATE cursors SET event = 0");
    write(root, listing);
    assertEquals(await Deno.readTextFile(path), whole);
  }
});

Deno.test("writeEventLog() goes on from its cursor where the log was removed", async () => {
  const root = await makeEvents(1);
  using listing = Listing.open(`${root}/workspace/listing.db`);
  write(root, listing);
  await Deno.remove(`${root}/logs/events.ndjson`);
  addEvents(listing, 1);
  write(root, listing);
  assertEquals(await loggedNumbers(root), [4, 5, 6]);
});

Deno.test("writeEventLog() puts a long log aside and leaves no gap", async () => {
  const root = await makeEvents(1);
  using listing = Listing.open(`${root}/workspace/listing.db`);
  write(root, listing);
  await Deno.truncate(`${root}/logs/events.ndjson`, 20_000_001);
  addEvents(listing, 1);
  write(root, listing);
  assertEquals(await loggedNumbers(root), [4, 5, 6]);
  assertEquals((await Deno.stat(`${root}/logs/events.1.ndjson`)).size, 20_000_001);
});

Deno.test("writeEventLog() leaves out data of unreasonable length", async () => {
  const root = await makeEvents(0);
  using listing = Listing.open(`${root}/workspace/listing.db`);
  recordEvent(listing, 1, "agent.disabled", "a", { code: "a", reason: "x".repeat(100_000) });
  assertEquals(write(root, listing)[0]!.data, { omitted: "100024 characters" });
});

Deno.test("writeEventLog() refuses a link in place of the log", async () => {
  const root = await makeEvents(1);
  await Deno.mkdir(`${root}/logs`);
  await Deno.writeTextFile(`${root}/other`, "untouched");
  await Deno.symlink(`${root}/other`, `${root}/logs/events.ndjson`);
  using listing = Listing.open(`${root}/workspace/listing.db`);
  assertThrows(() => write(root, listing), StepFailed);
  assertEquals(await Deno.readTextFile(`${root}/other`), "untouched");
});
