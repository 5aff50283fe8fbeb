import { assertEquals, assertRejects } from "@std/assert";
import { isDataPath, readData } from "../../lib/template/data_files.ts";
import { dataLine } from "../../lib/template/data_line.ts";
import { readPool } from "../../lib/template/read_pool.ts";
import { Misuse } from "../../lib/util/issue.ts";
import { smallTemplate } from "../steps/build/made_run.ts";

/** A template with these files in its folder of data. */
async function inTemplate(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "evolve-data-" });
  try {
    await Deno.mkdir(`${folder}/src`);
    for (const [path, text] of Object.entries(smallTemplate)) await Deno.writeTextFile(`${folder}/${path}`, text);
    if (Object.keys(files).length > 0) await Deno.mkdir(`${folder}/data`);
    for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${folder}/data/${name}`, text);
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function refused(folder: string, code: string, path: string): Promise<void> {
  const { issue } = await assertRejects(() => readPool(folder), Misuse);
  assertEquals([issue.code, issue.path], [code, `${folder}/${path}`], issue.message);
}

Deno.test("readPool() + data is part of the hashes of world and pool, and a template without it is as before", async () => {
  const pools: Record<string, unknown>[] = [];
  const all: readonly Record<string, string>[] = [{}, { "a.csv": "x\n1\n" }, { "a.csv": "x\n2\n" }, {
    "b.csv": "x\n1\n",
  }, { "notes.md": "" }];
  for (const files of all) {
    await inTemplate(files, async (folder) => {
      const { hash, worldHash, data } = await readPool(folder);
      pools.push({ hash, worldHash, data: data?.map(({ path }) => path) });
    });
  }
  assertEquals(pools.map(({ data }) => data), [undefined, ["data/a.csv"], ["data/a.csv"], ["data/b.csv"], undefined]);
  for (const key of ["hash", "worldHash"]) assertEquals(new Set(pools.map((pool) => pool[key])).size, 4);
  assertEquals(pools[4], pools[0]);
});

Deno.test("dataLine() + holds each file by its name, in one line that is the same for the same files", async () => {
  const files = {
    "b.json": '{ "x": [-0, 1.50] }',
    "a.txt": "a\nb",
    "$c_1.csv": "n,t\n1,x\n",
    ".hidden": "",
    "d.ndjson": "1\n",
  };
  await inTemplate(files, async (folder) => {
    assertEquals(
      await dataLine(await readData(folder), folder),
      '{"data":{"$c_1":{"n":[1],"t":["x"]},"a":"a\\nb","b":{"x":[0,1.5]},"d":[1]}}',
    );
  });
});

Deno.test("dataLine() + names file and line of what can't be read", async () => {
  await inTemplate({ "a.txt": "", "rows.csv": "a,b\n1,2\n3\n" }, async (folder) => {
    const { issue } = await assertRejects(async () => dataLine(await readData(folder), folder), Misuse);
    assertEquals([issue.code, issue.path], ["data.syntax", `${folder}/data/rows.csv:3`]);
  });
});

for (
  const name of [
    "my-data.csv",
    "1st.csv",
    "größe.json",
    "a b.txt",
    "__proto__.json",
    "a.b.csv",
    `${"a".repeat(65)}.txt`,
  ]
) {
  Deno.test(`readPool() + refuses data whose name can't stand in code: ${name.slice(0, 20)}`, async () => {
    await inTemplate({ [name]: "1" }, (folder) => refused(folder, "data.path", `data/${name}`));
    assertEquals(isDataPath(`data/${name}`), false);
  });
}

Deno.test("readPool() + refuses files of data that nothing would read, and two of one name", async () => {
  await inTemplate({ "tours.tsp": "" }, (folder) => refused(folder, "data.path", "data/tours.tsp"));
  await inTemplate({ "a.csv": "x\n", "a.json": "1" }, (folder) => refused(folder, "data.path", "data/a.json"));
  await inTemplate({ "A.csv": "x\n", "a.json": "1" }, (folder) => refused(folder, "data.path", "data/a.json"));
});

Deno.test("readPool() + refuses links and folders in place of data", async () => {
  await inTemplate({ "a.json": "1" }, async (folder) => {
    await Deno.mkdir(`${folder}/data/more`);
    await refused(folder, "data.link", "data/more");
    await Deno.remove(`${folder}/data/more`);
    await Deno.symlink("/etc/passwd", `${folder}/data/b.txt`);
    await refused(folder, "data.link", "data/b.txt");
    await Deno.rename(`${folder}/data`, `${folder}/other`);
    await Deno.symlink(`${folder}/other`, `${folder}/data`);
    await refused(folder, "data.link", "data");
  });
});

Deno.test("readPool() + refuses more than 16 MiB of data, and more than 256 files", async () => {
  await inTemplate({ "a.txt": "x", "b.txt": "" }, async (folder) => {
    const most = 16 * 1024 * 1024;
    await Deno.truncate(`${folder}/data/b.txt`, most);
    await refused(folder, "data.size", "data/b.txt");
    await Deno.truncate(`${folder}/data/b.txt`, most - 1);
    assertEquals((await readData(folder)).map(({ bytes }) => bytes.length), [1, most - 1]);
    await Deno.truncate(`${folder}/data/b.txt`, most + 1024 * 1024);
    await refused(folder, "data.size", "data/b.txt");
  });
  const many = Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`f${i}.txt`, ""]));
  await inTemplate(many, (folder) => refused(folder, "data.size", "data"));
});

Deno.test("dataLine() + refuses data that is more as JSON than a line holds", async () => {
  await inTemplate({ "a.txt": "\u0001".repeat(6_000_000) }, async (folder) => {
    const { issue } = await assertRejects(async () => dataLine(await readData(folder), folder), Misuse);
    assertEquals([issue.code, issue.path], ["data.size", `${folder}/data`]);
  });
});
