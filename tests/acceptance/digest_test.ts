import { assertEquals, assertMatch } from "@std/assert";
import { Population } from "./_population.ts";
import { Project } from "./_project.ts";

const agents = ["--count", "6", "--seed", "7"];
const cycles = ["--cycles", "2", "--sleep", "0"];

Deno.test("one seed gives one population, with any number of workers, run name and folder", async () => {
  await using run = new Population();
  await using elsewhere = await Project.copy();
  await run.step("init", ...agents);
  await run.step("lifecycle", ...cycles, "--workers", "2", "--concurrency", "4");
  const here = statusLines((await run.step("status")).out);
  await elsewhere.step("init", ...agents, "--workers", "1");
  await elsewhere.step("lifecycle", ...cycles, "--workers", "1", "--concurrency", "1");
  const there = await elsewhere.step("status");
  assertEquals(here, statusLines(there.out));
  const [one, other] = [(await run.step("status")).records.at(-1)!, there.records.at(-1)!];
  assertMatch(String(one.digest), /^[0-9a-f]{64}$/);
  assertEquals([one.digest, one.cycle], [other.digest, 2]);
});

/** All but the closing record, which tells how long it took. */
function statusLines(out: string): string[] {
  return out.trimEnd().split("\n").slice(0, -1);
}
