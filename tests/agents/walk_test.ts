import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { createFolder } from "../../lib/agents/folder.ts";
import { codePart, codeStamp, walkAgent, wiringStamp } from "../../lib/agents/walk.ts";
import { genomeFile } from "../../lib/run/layout.ts";

const bytes = new TextEncoder().encode("export {};\n");
const contents = {
  genome: new Uint8Array([1, 2, 3]),
  code: [{ path: "src/a.ts", bytes }, { path: "src/b.ts", bytes }, { path: "world.ts", bytes }],
  manifest: "{}",
  mod: "mod",
  main: "main",
};

async function made(): Promise<{ agents: string; folder: string; stamp: string; wired: string }> {
  const agents = await Deno.makeTempDir();
  return { agents, folder: `${agents}/x`, ...createFolder(agents, "x", contents) };
}

Deno.test("createFolder() writes everything and gives the stamps that a walk gives", async () => {
  const { agents, folder, stamp, wired } = await made();
  const walk = walkAgent(folder);
  assertEquals(walk, {
    stamp,
    code: ["src/a.ts", "src/b.ts", "world.ts"],
    files: walk.files,
    folders: walk.folders,
    genomeSize: 3,
    leftovers: [],
    strays: [],
    newest: walk.newest,
    newestCode: walk.newestCode,
    issue: undefined,
  });
  const all = ["deno.json", genomeFile, "src/a.ts", "src/b.ts", "src/main.ts", "src/mod.ts", "world.ts"];
  assertEquals([[...walk.files.keys()], walk.folders.toSorted()], [all, ["dist", "src"]]);
  assert(Math.abs(Date.now() - walk.newest) < 60_000);
  assertEquals(wiringStamp(folder), wired);
  assertEquals(codeStamp(folder, walk.code), stamp);
  assertEquals([...Deno.readDirSync(agents)].map(({ name }) => name), ["x"]);
  assertEquals(await Deno.readTextFile(`${folder}/src/mod.ts`), "mod");
  assertEquals(await Deno.readFile(`${folder}/${genomeFile}`), contents.genome);
});

Deno.test("createFolder() replaces what a killed step left under its names", async () => {
  const { agents, folder } = await made();
  await Deno.mkdir(`${agents}/.tmp-x/src`, { recursive: true });
  await Deno.writeTextFile(`${agents}/.tmp-x/src/old.ts`, "");
  await Deno.writeTextFile(`${folder}/src/old.ts`, "");
  createFolder(agents, "x", { ...contents, own: { "inbox.ndjson": "{}\n" } });
  assertEquals([...Deno.readDirSync(agents)].map(({ name }) => name), ["x"]);
  assertEquals(walkAgent(folder).code, ["src/a.ts", "src/b.ts", "world.ts"]);
  assertEquals(await Deno.readTextFile(`${folder}/inbox.ndjson`), "{}\n");
});

/** Waits until the clock that files are stamped with, which ticks every few milliseconds, has gone on. */
async function nextTick(since: Date): Promise<void> {
  const probe = await Deno.makeTempFile();
  do await Deno.writeTextFile(probe, ""); while ((await Deno.lstat(probe)).ctime!.getTime() <= since.getTime());
}

Deno.test("codePart() of a stamp stays when the genome is another one, and changes with any file of the code", async () => {
  const { folder, stamp } = await made();
  await Deno.writeFile(`${folder}/${genomeFile}`, new Uint8Array(9));
  const after = walkAgent(folder).stamp;
  assertNotEquals(after, stamp);
  assertEquals(codePart(after), codePart(stamp));
  for (const change of [() => Deno.writeTextFile(`${folder}/world.ts`, "!"), () => Deno.remove(`${folder}/src/a.ts`)]) {
    const before = codePart(walkAgent(folder).stamp);
    await change();
    assertNotEquals(codePart(walkAgent(folder).stamp), before);
  }
});

Deno.test("walkAgent() notices an edit of equal size whose times were set back", async () => {
  const { folder, stamp } = await made();
  const path = `${folder}/src/a.ts`;
  const { atime, mtime, ctime } = await Deno.lstat(path);
  await nextTick(ctime!);
  await Deno.writeTextFile(path, "export {}\n;");
  await Deno.utime(path, atime!, mtime!);
  assertEquals((await Deno.lstat(path)).mtime, mtime);
  assertNotEquals(walkAgent(folder).stamp, stamp);
});

Deno.test("walkAgent() does not count what other steps write", async () => {
  const { folder, stamp } = await made();
  for (
    const path of [
      "dist/main.js",
      "memory.json",
      "inbox.ndjson",
      "log.ndjson",
      "log.3.ndjson",
      "src/mod.ts",
      "deno.json",
    ]
  ) {
    await Deno.writeTextFile(`${folder}/${path}`, "changed");
  }
  const walk = walkAgent(folder);
  assertEquals([walk.stamp, walk.issue], [stamp, undefined]);
});

const plants: readonly (readonly [name: string, code: string, plant: (folder: string) => Promise<void>])[] = [
  ["a link among the genes", "agent.link", (folder) => Deno.symlink("/etc/hostname", `${folder}/src/c.ts`)],
  ["a link in place of the genome", "agent.link", async (folder) => {
    await Deno.rename(`${folder}/genome.bin`, `${folder}/../genome.bin`);
    await Deno.symlink("../genome.bin", `${folder}/genome.bin`);
  }],
  ["a link in place of src", "agent.link", async (folder) => {
    await Deno.rename(`${folder}/src`, `${folder}/../src`);
    await Deno.symlink("../src", `${folder}/src`);
  }],
  ["a hard link", "agent.hardlink", (folder) => Deno.link(`${folder}/src/a.ts`, `${folder}/src/c.ts`)],
  ["a hard link from outside", "agent.hardlink", (folder) => Deno.link(`${folder}/deno.json`, `${folder}/../other`)],
  ["a foreign module", "agent.foreign", (folder) => Deno.writeTextFile(`${folder}/hook.mjs`, "")],
  ["a foreign manifest", "agent.foreign", (folder) => Deno.writeTextFile(`${folder}/package.json`, "{}")],
  ["a foreign file among the genes", "agent.foreign", (folder) => Deno.writeTextFile(`${folder}/src/x.js`, "")],
  ["a folder in place of a gene", "agent.foreign", (folder) => Deno.mkdir(`${folder}/src/c.ts`)],
  ["a folder in place of a file", "agent.foreign", (folder) => Deno.mkdir(`${folder}/memory.json`)],
  ["no genome", "genome.missing", (folder) => Deno.remove(`${folder}/genome.bin`)],
  ["no world", "code.missing", (folder) => Deno.remove(`${folder}/world.ts`)],
  ["no folder", "agent.missing", (folder) => Deno.remove(folder, { recursive: true })],
];

for (const [name, code, plant] of plants) {
  Deno.test(`walkAgent() finds ${name}`, async () => {
    const { folder } = await made();
    await plant(folder);
    const { issue } = walkAgent(folder);
    assertEquals(issue?.code, code);
    assert(issue!.message.length > 10);
  });
}

Deno.test("walkAgent() finds a pipe, without waiting for its other end", async () => {
  const { folder } = await made();
  const { success } = await new Deno.Command("mkfifo", { args: [`${folder}/log.ndjson`] }).output();
  assert(success);
  assertEquals(walkAgent(folder).issue?.code, "agent.foreign");
});

Deno.test("walkAgent() tells of unfinished files and nothing else of them", async () => {
  const { folder, stamp } = await made();
  await Deno.writeTextFile(`${folder}/src/.tmp-1-mod.ts`, "");
  const walk = walkAgent(folder);
  assertEquals([walk.stamp, walk.issue, walk.leftovers], [stamp, undefined, ["src/.tmp-1-mod.ts"]]);
});

/** What systems, editors and people leave behind. */
const strays = [
  ".DS_Store",
  "Thumbs.db",
  "desktop.ini",
  "Icon\r",
  ".nfs000000000ab1",
  ".fuse_hidden0000001",
  ".goutputstream-X1Y2Z3",
  ".directory",
  "core",
  "core.4711",
  "notes.txt",
  "genome.bin~",
  "genome.bin.bak",
  "src/.a.ts.swp",
  "src/._a.ts",
  "src/a.ts~",
  "src/#a.ts#",
  "src/a.ts.orig",
  "src/4913",
  "dist/.DS_Store",
];

Deno.test("walkAgent() tells of what is no code and no step's to read, and finds nothing wrong with it", async () => {
  const { folder, stamp } = await made();
  for (const path of strays) await Deno.writeTextFile(`${folder}/${path}`, "");
  // Emacs locks a file by a link to nothing, named after it; disks and desktops have folders of their own.
  await Deno.symlink("somebody@somewhere.1", `${folder}/src/.#a.ts`);
  for (const path of ["lost+found", ".Trash-1000", "src/@eaDir", "$RECYCLE.BIN"]) await Deno.mkdir(`${folder}/${path}`);
  await new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).output();
  const walk = walkAgent(folder);
  assertEquals([walk.stamp, walk.issue], [stamp, undefined]);
  const all = [...strays, "src/.#a.ts", "lost+found", ".Trash-1000", "src/@eaDir", "$RECYCLE.BIN", "pipe"];
  assertEquals(walk.strays, all.sort());
});
