import { assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { Population } from "./_population.ts";

/** A run, and a backup of it, written when version 4 of the tables was new: its third cycle is open, half of it judged. */
const data = `${projectRoot}/tests/db/data`;

/** What it comes to from there, two cycles on: the cycle that is open goes on as it was begun, and selection is that of this release. */
const digest = "58f3a49b71c57176424e4096fae40e43d8794514ba1f314a06596da423bb6fd3";

Deno.test("a run of an earlier release goes on after doctor and comes to the same population", async () => {
  await using run = new Population();
  await Deno.mkdir(run.paths.root, { recursive: true });
  const unpacked = new Deno.Command("tar", {
    args: ["xzf", `${data}/run_v4.tar.gz`, "-C", run.paths.root, "--strip-components", "1"],
  });
  assertEquals((await unpacked.output()).code, 0);
  const { records } = await run.fails(1, "doctor");
  const left = records.filter(({ type, repaired }) => type === "doctor.found" && repaired === false);
  assertEquals(left.map(({ code }) => code), ["config.renamed"]);
  await takeCorrected(run, String(left[0]!.found));
  await run.step("doctor", "--check");
  assertEquals(await goneOn(run), digest);
});

Deno.test("a backup of an earlier release is restored, goes on, and comes to the same population", async () => {
  await using run = new Population();
  await run.step("restore", `${data}/backup_v4.tar.gz`, "--hooks", "keep");
  assertEquals(await goneOn(run), digest);
});

/** Puts the configuration that a message shows in the place of the one that it is about. */
async function takeCorrected(run: Population, message: string): Promise<void> {
  await Deno.writeTextFile(run.paths.config, message.slice(message.indexOf("{")));
}

async function goneOn(run: Population): Promise<unknown> {
  await run.step("lifecycle", "--until", "4", "--sleep", "0", "--quiet");
  const events = run.rows<{ data: string }>("SELECT data FROM events WHERE type IN ('agent.changed', 'agent.crashed')");
  assertEquals(events.filter(({ data }) => /"(why|reached|restsUntil)":/.test(data)), []);
  return (await run.step("status")).records.at(-1)!.digest;
}
