import { assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { DatabaseSync } from "node:sqlite";
import { migrations } from "../../lib/db/migrations/migrate.ts";
import { schemaQuery } from "../../lib/db/migrations/migration.ts";
import { sha256 } from "../../lib/util/hash.ts";
import { Population, until } from "./_population.ts";

/** A run, and a backup of it, written when version 4 of the tables was new: its third cycle is open, half of it judged. */
const data = `${projectRoot}/tests/db/data`;

/** What it comes to from there, two cycles on: the cycle that is open goes on as it was begun, and selection is that of this release. */
const digest = "58f3a49b71c57176424e4096fae40e43d8794514ba1f314a06596da423bb6fd3";

Deno.test("a run of an earlier release goes on after doctor and comes to the same population", async () => {
  await using run = new Population();
  await Deno.mkdir(run.paths.root, { recursive: true });
  await unpack(run, "run_v4.tar.gz");
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

Deno.test("a run of version 8 goes on after doctor: agents are as old as the population that they descend from", async () => {
  await using run = new Population();
  await unpack(run, "run_v8.tar.gz");
  {
    using db = new DatabaseSync(run.paths.listing);
    const former = await sha256(JSON.stringify(db.prepare(schemaQuery).all()));
    assertEquals(former, migrations.find(({ from }) => from === 8)!.tables);
  }
  await run.step("doctor");
  await run.step("doctor", "--check");
  const agents = run.rows<{ kind: string; born: number; island: number; birth_age: number }>(
    "SELECT kind, born, island, birth_age FROM agents ORDER BY ordinal",
  );
  assertEquals(agents.map(({ birth_age }) => birth_age), [
    ...Array(6).fill(0),
    ...Array.from("111222333444555", Number),
  ]);
  assertEquals(agents.filter(({ kind, born, island }) => island !== 0 || (kind === "init") !== (born === 0)), []);
  // The first cycle was compacted by that release.
  assertEquals(run.rows("SELECT 1 FROM founders"), []);
  await run.step("lifecycle", ...until(6));
  assertEquals((await run.step("status")).records.at(-1)!.cycle, 6);
});

async function unpack({ paths }: Population, file: string): Promise<void> {
  await Deno.mkdir(paths.root, { recursive: true });
  const tar = new Deno.Command("tar", {
    args: ["xzf", `${data}/${file}`, "-C", paths.root, "--strip-components", "1"],
  });
  assertEquals((await tar.output()).code, 0);
}

/** Puts the configuration that a message shows in the place of the one that it is about. */
async function takeCorrected(run: Population, message: string): Promise<void> {
  await Deno.writeTextFile(run.paths.config, message.slice(message.indexOf("{")));
}

async function goneOn(run: Population): Promise<unknown> {
  await run.step("lifecycle", ...until(4));
  const events = run.rows<{ data: string }>("SELECT data FROM events WHERE type IN ('agent.changed', 'agent.crashed')");
  assertEquals(events.filter(({ data }) => /"(why|reached|restsUntil)":/.test(data)), []);
  return (await run.step("status")).records.at(-1)!.digest;
}
