import { assert, assertEquals } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { sampleResidents } from "../../../lib/isolation/residents/samples.ts";
import { MadeResidents } from "./made_residents.ts";

Deno.test("sampleResidents() notes CPU time and memory of the very processes that are kept", async () => {
  await using made = new MadeResidents();
  const { process } = await made.start();
  const { pid, ticks, boot } = process!;
  using listing = Listing.open(`${made.folder}/listing.db`, { create: true });
  const insert = "INSERT INTO residents (agent, pid, ticks, boot) VALUES (?, ?, ?, ?)";
  listing.run(insert, "a1", pid, ticks, boot);
  // Another process had this id before the machine, or the process, was started anew.
  listing.run(insert, "a2", pid, ticks, "of old");
  listing.run(insert, "a3", pid, `1${ticks}`, boot);
  listing.run("INSERT INTO residents (agent) VALUES ('a4')");
  await sampleResidents(listing, new Date(1000));
  const [first, ...others] = listing.all<Record<string, number | string | null>>(
    "SELECT cpu_seconds AS cpu, memory_bytes AS memory, sampled_at AS at FROM residents ORDER BY agent",
  ).map((row) => ({ ...row }));
  const { memory, cpu, at } = first!;
  assert(Number(memory) > 2 ** 20 && Number(memory) < 2 ** 30 && Number(cpu) >= 0, JSON.stringify(first));
  assertEquals(at, "1970-01-01T00:00:01.000Z");
  assertEquals(others, Array(3).fill({ cpu: null, memory: null, at: null }));
});
