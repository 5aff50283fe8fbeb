import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { cloudEvent, messageOf } from "../../lib/hooks/message.ts";
import { anEvent } from "../steps/hooks/made_events.ts";

Deno.test("messageOf() gives an id that data do not change, and that seed, number and time do", async () => {
  const idOf = async (event = anEvent(), seed = "s") => (await messageOf(event, seed)).event.eventId;
  const id = await idOf();
  assertMatch(id, /^evt_[0-9a-f]{32}$/);
  assertEquals(await idOf({ ...anEvent(), data: { omitted: "9 characters" } }), id);
  for (
    const other of [idOf(anEvent(2)), idOf(anEvent(), "t"), idOf({ ...anEvent(), at: "2031-01-01T00:00:00.000Z" })]
  ) {
    assertNotEquals(await other, id);
  }
});

Deno.test("cloudEvent() has what CloudEvents 1.0 demands, and attributes that it may have", async () => {
  const message = await messageOf({ ...anEvent(3), type: "agent.stray", id: "a", data: { files: [], count: 0 } }, "s");
  const event = cloudEvent(message);
  assertEquals(event, {
    specversion: "1.0",
    id: message.event.eventId,
    source: "/evolve/runs/s",
    type: "evolve.agent.stray",
    time: "2030-01-01T00:00:00.000Z",
    subject: "a",
    datacontenttype: "application/json",
    sequence: "3",
    cycle: 3,
    data: { files: [], count: 0 },
  });
  for (const name of Object.keys(event)) assertMatch(name, /^[a-z0-9]{1,20}$/);
  assertEquals("subject" in cloudEvent(await messageOf(anEvent(), "s")), false);
});
