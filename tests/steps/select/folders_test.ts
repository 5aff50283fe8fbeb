import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { die } from "../../../lib/db/transitions/status.ts";
import { walkAgent, wiringStamp } from "../../../lib/agents/walk.ts";
import { MadeRun } from "../../agents/made_run.ts";

const newborn = ["00000000-0000-8000-8000-000000000001", "00000000-0000-8000-8000-000000000002"];

/** A run whose first two agents die and whose last one has two children; their folders are not made yet. */
async function planned(): Promise<MadeRun> {
  const run = await MadeRun.make(3);
  for (const id of run.ids.slice(0, 2)) {
    Deno.writeTextFileSync(run.path(id, "dist/main.js"), "live();");
    Deno.writeTextFileSync(run.path(id, "memory.json"), "{}");
  }
  run.edit((listing) => {
    listing.run("INSERT INTO cycles VALUES (1, 'planned', '{}', NULL)");
    for (const id of run.ids.slice(0, 2)) die(listing, id, 1, { code: "died.rank", message: "It was weak." });
    newborn.forEach((id, i) =>
      listing.run(
        `INSERT INTO agents (ordinal, id, status, kind, stage, generation, born, parents, genome_hash, code_hash, energy)
          SELECT ?, ?, 'active', ?, 'planned', 1, 1, '[]', genome_hash, code_hash, 1 FROM agents WHERE ordinal = 2`,
        3 + i,
        id,
        ["birth", "copy"][i]!,
      )
    );
    const mate = "INSERT INTO inboxes SELECT ?, 0, 'mate', id, genome_hash FROM agents WHERE ordinal = 2";
    listing.run(mate, newborn[0]!);
  });
  return run;
}

/** The newborn's folders, and the numbers of their worlds' files on the disk. */
function folders(run: MadeRun) {
  const files = newborn.flatMap((id) => [...walkAgent(run.path(id, ".")).files.keys()].map((path) => `${id}/${path}`));
  return {
    files: Object.fromEntries(files.map((path) => [path, Deno.readFileSync(`${run.paths.agents}/${path}`).toHex()])),
    inodes: newborn.map((id) => Deno.lstatSync(run.path(id, "world.ts")).ino),
  };
}

Deno.test("select() makes newborn of the folders of the dead: the same as in new ones", async () => {
  await using run = await planned();
  await using other = await planned();
  for (const id of other.ids.slice(0, 2)) Deno.writeTextFileSync(other.path(id, "strange.txt"), "strange");
  const inodes = run.ids.slice(0, 2).map((id) => Deno.lstatSync(run.path(id, "world.ts")).ino);
  const [told] = [await run.select(), await other.select()];
  assertEquals([told.counts.born, told.counts.died], [2, 2]);
  const [here, there] = [folders(run), folders(other)];
  assertEquals(here.inodes, inodes);
  assertEquals(here.files, there.files);
  assertEquals(Object.keys(here.files).filter((path) => /dist|memory|inbox/.test(path)), [
    `${newborn[0]}/inbox.ndjson`,
  ]);
  const rows = "SELECT id, status, stage, wired_from, build_key, metrics FROM agents ORDER BY ordinal";
  assertEquals(run.rows(rows), other.rows(rows));
  assertEquals(run.rows(rows).map(({ stage }) => stage), ["removed", "removed", "adult", "newborn", "adult"]);
  for (const made of [run, other]) {
    assertEquals([...Deno.readDirSync(made.paths.agents)].map(({ name }) => name).sort(), made.ids.slice(2).sort());
    for (const id of newborn) {
      const { stamp, wired_stamp } = made.row(id);
      assertEquals([stamp, wired_stamp], [walkAgent(made.path(id, ".")).stamp, wiringStamp(made.path(id, "."))]);
    }
  }
});

Deno.test("select() makes newborn of folders that are not known, once it has read them", async () => {
  await using run = await planned();
  run.edit((listing) => listing.run("UPDATE agents SET stamp = NULL"));
  const inodes = run.ids.slice(0, 2).map((id) => Deno.lstatSync(run.path(id, "world.ts")).ino);
  await run.select();
  assertEquals(folders(run).inodes, inodes);
});

Deno.test("select() makes new folders where those of the dead were touched, and nothing of theirs is left", async () => {
  await using run = await planned();
  const [first, second] = run.ids.slice(0, 2).map((id) => run.path(id));
  const inodes = [first, second].map((folder) => Deno.lstatSync(`${folder}world.ts`).ino);
  Deno.writeTextFileSync(`${first}src/walker.ts`, "export {};");
  Deno.symlinkSync("/etc", `${second}src/etc.ts`);
  await run.select();
  await using other = await planned();
  await other.select();
  const [here, there] = [folders(run), folders(other)];
  assertEquals(here.files, there.files);
  for (const inode of inodes) assert(!here.inodes.includes(inode));
  assertEquals([...Deno.readDirSync(run.paths.agents)].map(({ name }) => name).sort(), run.ids.slice(2).sort());
});

Deno.test("select() goes on with what a kill left of births, also where a dead agent's folder is a newborn's already", async () => {
  await using run = await planned();
  await using other = await planned();
  // Renamed, but not yet in the listing.
  Deno.renameSync(run.path(run.ids[0]!, ".").slice(0, -2), run.path(newborn[0]!, ".").slice(0, -2));
  await run.select();
  await other.select();
  assertEquals(folders(run).files, folders(other).files);
  assertNotEquals(run.row(newborn[0]!).stamp, null);
  assertEquals([...Deno.readDirSync(run.paths.agents)].map(({ name }) => name).sort(), run.ids.slice(2).sort());
});

async function ran(command: string, ...args: string[]): Promise<boolean> {
  const output = new Deno.Command(command, { args, stdout: "null", stderr: "null" }).output();
  return (await output.catch(() => ({ success: false }))).success;
}

Deno.test("select() goes on where a dead agent's folder can't be removed, and removes it later (needs root and mount)", async () => {
  await using run = await planned();
  const [id = "", other = ""] = run.ids;
  const busy = run.path(id, "lost+found");
  Deno.mkdirSync(busy);
  if (!await ran("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", busy)) return;
  const states = () =>
    run.rows("SELECT stage FROM agents WHERE status = 'dead' ORDER BY ordinal").map((row) => row.stage);
  try {
    assertEquals((await run.select()).counts.born, 2);
    assertEquals(states(), ["adult", "removed"]);
  } finally {
    assert(await ran("umount", busy));
  }
  assert(other);
  run.edit((listing) => listing.run("UPDATE cycles SET state = 'planned'"));
  await run.select();
  assertEquals(states(), ["removed", "removed"]);
});
