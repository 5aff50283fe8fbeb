import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { type Contents, createFolder, filesOf } from "../../lib/agents/folder.ts";
import { reuseFolder } from "../../lib/agents/reuse.ts";
import { walkAgent, wiringStamp } from "../../lib/agents/walk.ts";
import fc from "fast-check";

const bytes = new TextEncoder().encode("export {};\n");
const code = [{ path: "src/a.ts", bytes }, { path: "src/b.ts", bytes }, { path: "world.ts", bytes }];
const dead: Contents = {
  genome: new Uint8Array(40).fill(1),
  code,
  manifest: '{"name":"dead"}',
  mod: "a long list of genes",
  main: "main",
  own: { "inbox.ndjson": "mail\n", "memory.json": "{}", "log.ndjson": "{}\n", "log.1.ndjson": "{}\n" },
};
const newborn: Contents = {
  genome: new Uint8Array(70).fill(2),
  code,
  manifest: '{"name":"newborn"}',
  mod: "few",
  main: "main",
  own: { "inbox.ndjson": "the genome of a mate\n" },
};

interface Made extends AsyncDisposable {
  readonly agents: string;
  readonly stamp: string;
}

/** The folder of an agent that was evaluated. */
async function made(contents = dead): Promise<Made> {
  const agents = await Deno.makeTempDir();
  const { stamp } = createFolder(agents, "dead", contents);
  await Deno.writeTextFile(`${agents}/dead/dist/main.js`, "live();");
  return { agents, stamp, [Symbol.asyncDispose]: () => Deno.remove(agents, { recursive: true }) };
}

/** All that lies in a folder: files with what they hold, and folders. */
function treeOf(folder: string, below = ""): Record<string, string> {
  return Object.assign(
    {},
    ...[...Deno.readDirSync(`${folder}/${below}`)].map(({ name, isDirectory, isFile }) => {
      const path = below + name;
      if (isDirectory) return { [path]: "folder", ...treeOf(folder, `${path}/`) };
      return { [path]: isFile ? Deno.readFileSync(`${folder}/${path}`).toHex() : "no file" };
    }),
  );
}

Deno.test("reuseFolder() makes what createFolder() makes, in the folder of the dead", async () => {
  await using run = await made();
  const { agents, stamp } = run;
  const { ino } = Deno.lstatSync(`${agents}/dead/world.ts`);
  const stamps = reuseFolder(agents, { id: "dead", stamp }, "newborn", newborn);
  assertEquals([...Deno.readDirSync(agents)].map(({ name }) => name), ["newborn"]);
  const walk = walkAgent(`${agents}/newborn`);
  assertEquals(stamps, { stamp: walk.stamp, wired: wiringStamp(`${agents}/newborn`) });
  assertEquals([walk.issue, Deno.lstatSync(`${agents}/newborn/world.ts`).ino], [undefined, ino]);
  createFolder(agents, "new", newborn);
  assertEquals(treeOf(`${agents}/newborn`), treeOf(`${agents}/new`));
});

Deno.test("reuseFolder() comes to the same whatever the dead and the newborn held", async () => {
  const some = fc.uint8Array({ maxLength: 9000 });
  const own = fc.dictionary(fc.constantFrom("inbox.ndjson", "memory.json", "log.ndjson", "log.3.ndjson"), some);
  const wiring = fc.oneof(fc.record({ mod: fc.string(), main: fc.string() }), fc.constant({}));
  const contents = fc.record({ genome: some, code: fc.constant(code), manifest: fc.string(), own }).chain((rest) =>
    wiring.map((texts) => ({ ...rest, ...texts }))
  );
  await fc.assert(
    fc.asyncProperty(contents, contents, async (before, after) => {
      await using run = await made(before);
      assert(reuseFolder(run.agents, { id: "dead", stamp: run.stamp }, "newborn", after));
      const files = Object.entries(treeOf(`${run.agents}/newborn`)).filter(([, content]) => content !== "folder");
      const wanted = [...filesOf(after)].map(([path, content]) => [path, content.toHex()]);
      assertEquals(files.sort(), wanted.sort());
    }),
    { numRuns: 30 },
  );
});

Deno.test("reuseFolder() takes a folder that is not known, if its code is the same when it is read", async () => {
  for (const stamp of [null, "other"]) {
    await using run = await made();
    assert(reuseFolder(run.agents, { id: "dead", stamp }, "newborn", newborn));
    createFolder(run.agents, "new", newborn);
    assertEquals(treeOf(`${run.agents}/newborn`), treeOf(`${run.agents}/new`));
  }
});

Deno.test("reuseFolder() replaces what a killed step left under the name of the newborn", async () => {
  await using run = await made();
  const { agents, stamp } = run;
  createFolder(agents, "newborn", dead);
  assert(reuseFolder(agents, { id: "dead", stamp }, "newborn", newborn));
  assertEquals([...Deno.readDirSync(agents)].map(({ name }) => name), ["newborn"]);
  assertEquals(Deno.readTextFileSync(`${agents}/newborn/src/mod.ts`), "few");
});

Deno.test("reuseFolder() takes up a folder that a killed step brought half of the way", async () => {
  await using run = await made();
  const { agents, stamp } = run;
  Deno.removeSync(`${agents}/dead/dist/main.js`);
  Deno.removeSync(`${agents}/dead/memory.json`);
  Deno.writeTextFileSync(`${agents}/dead/src/mod.ts`, "fe");
  Deno.truncateSync(`${agents}/dead/genome.bin`, 7);
  assert(reuseFolder(agents, { id: "dead", stamp }, "newborn", newborn));
  createFolder(agents, "new", newborn);
  assertEquals(treeOf(`${agents}/newborn`), treeOf(`${agents}/new`));
});

const elsewhere = "of somebody else";

/** What somebody did to the folder; what lies beside it must stay as it is. */
const touched: Readonly<Record<string, (folder: string) => void>> = {
  "a gene that was edited": (folder) => Deno.writeTextFileSync(`${folder}/src/a.ts`, "export {}\n;\n"),
  "a gene too much": (folder) => Deno.writeTextFileSync(`${folder}/src/c.ts`, ""),
  "a gene too few": (folder) => Deno.removeSync(`${folder}/src/a.ts`),
  "a gene with other bytes of the same size": (folder) => Deno.writeTextFileSync(`${folder}/src/a.ts`, "export {}\n;"),
  "no genome": (folder) => Deno.removeSync(`${folder}/genome.bin`),
  "a foreign file": (folder) => Deno.writeTextFileSync(`${folder}/strange.txt`, ""),
  "a foreign folder": (folder) => Deno.mkdirSync(`${folder}/src/strange`),
  "an unfinished file": (folder) => Deno.writeTextFileSync(`${folder}/src/.tmp-mod.ts`, ""),
  "no folder dist": (folder) => Deno.removeSync(`${folder}/dist`, { recursive: true }),
  "a link for the wiring": (folder) => replace(`${folder}/src/mod.ts`, Deno.symlinkSync),
  "a link for a memory": (folder) => replace(`${folder}/memory.json`, Deno.symlinkSync),
  "a second name for the wiring": (folder) => replace(`${folder}/src/mod.ts`, Deno.linkSync),
  "a second name for a gene": (folder) => Deno.linkSync(`${folder}/src/a.ts`, `${folder}/../other.ts`),
  "a link for a folder": (folder) => {
    Deno.renameSync(`${folder}/src`, `${folder}/../src`);
    Deno.symlinkSync("../src", `${folder}/src`);
  },
  "a link in its place": (folder) => {
    Deno.renameSync(folder, `${folder}-moved`);
    Deno.symlinkSync("dead-moved", folder);
  },
};

function replace(path: string, by: (target: string, path: string) => void): void {
  Deno.removeSync(path);
  by(path.replace(/dead\/.*/, "elsewhere"), path);
}

for (const [what, touch] of Object.entries(touched)) {
  Deno.test(`reuseFolder() leaves a folder alone with ${what}`, async () => {
    await using run = await made();
    const { agents, stamp } = run;
    Deno.writeTextFileSync(`${agents}/elsewhere`, elsewhere);
    touch(`${agents}/dead`);
    const before = treeOf(agents);
    assertEquals(reuseFolder(agents, { id: "dead", stamp }, "newborn", newborn), undefined);
    assertEquals(treeOf(agents), before);
    assertEquals(Deno.readTextFileSync(`${agents}/elsewhere`), elsewhere);
  });
}

Deno.test("reuseFolder() leaves a folder alone that is gone, or has other code than the newborn needs", async () => {
  await using run = await made();
  const { agents, stamp } = run;
  assertEquals(reuseFolder(agents, { id: "gone", stamp }, "newborn", newborn), undefined);
  assertEquals(reuseFolder(agents, { id: "dead", stamp }, "newborn", { ...newborn, code: code.slice(1) }), undefined);
  assertNotEquals(Deno.statSync(`${agents}/dead`), undefined);
});
