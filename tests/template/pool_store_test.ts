import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { Pool } from "../../lib/genome/pool.ts";
import { readPool } from "../../lib/template/read_pool.ts";
import { loadCode, loadData, loadView, placeOf, sourcePath, sourcesOf } from "../../lib/template/pool_sources.ts";
import {
  formerPools,
  loadPool,
  manifestPath,
  manifestText,
  storedPools,
  storedView,
  storePool,
} from "../../lib/template/pool_store.ts";
import { KnownPools } from "../../lib/template/known_pools.ts";
import { StepFailed } from "../../lib/util/issue.ts";
import { worldText } from "../source/made_source.ts";

/** A store, and a template to fill it from. */
class Made implements AsyncDisposable {
  readonly #root = Deno.makeTempDirSync({ prefix: "evolve-pools-" });
  readonly paths = { template: `${this.#root}/pools` };
  readonly folder = `${this.#root}/template`;

  constructor() {
    for (const folder of [this.paths.template, `${this.folder}/src`]) Deno.mkdirSync(folder, { recursive: true });
    this.write("world.ts", worldText());
    for (const name of ["one", "two", "three"]) this.write(`src/${name}.ts`, gene(name));
  }

  write(path: string, text: string): void {
    Deno.writeTextFileSync(`${this.folder}/${path}`, text);
  }

  writeData(name: string, text: string): void {
    Deno.mkdirSync(`${this.folder}/data`, { recursive: true });
    this.write(`data/${name}`, text);
  }

  async store(): Promise<Pool> {
    const pool = await readPool(this.folder);
    await storePool(this.paths, this.folder, pool);
    return pool;
  }

  /** Names and bytes of all sources. */
  sources(): Record<string, string> {
    const folder = `${this.paths.template}/sources`;
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    return Object.fromEntries(names.map((name) => [name, Deno.readTextFileSync(`${folder}/${name}`)]));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Deno.remove(this.#root, { recursive: true });
  }
}

function gene(name: string, value = 1): string {
  return `/** @phase act */\nexport function ${name}(): number {\n  return ${value};\n}\n`;
}

async function codeOfFailure(run: () => unknown): Promise<string> {
  return (await assertRejects(async () => await run(), StepFailed)).issue.code;
}

Deno.test("storePool() + pools that differ in one file cost one source and one manifest each", async () => {
  await using made = new Made();
  const pools: Pool[] = [];
  for (let value = 1; value <= 5; value++) {
    made.write("src/unused.ts", gene("unused", value));
    pools.push(await made.store());
  }
  assertEquals(Object.keys(made.sources()).length, 4 + 5);
  assertEquals(storedPools(made.paths), pools.map(({ hash }) => hash).sort());
  assertEquals(formerPools(made.paths, pools[4]!.hash), pools.slice(0, 4).map(({ hash }) => hash).sort());
  const known = new KnownPools(made.paths, pools[4]!.hash);
  for (const [i, pool] of pools.entries()) {
    assertEquals(loadPool(made.paths, pool.hash), pool);
    const texts = new Map((await known.codeOf(pool.hash)).map(({ path, bytes }) => [path, bytes]));
    assertEquals([...texts.keys()], ["src/one.ts", "src/three.ts", "src/two.ts", "src/unused.ts", "world.ts"]);
    assertEquals(new TextDecoder().decode(texts.get("src/unused.ts")), gene("unused", i + 1));
    assertEquals(await known.identify([...texts.keys()], (path) => texts.get(path)), pool.hash);
  }
});

Deno.test("storePool() + changes no source that is there, and goes on where it was killed", async () => {
  await using made = new Made();
  const first = await made.store();
  const before = made.sources();
  for (const name of Object.keys(before)) Deno.chmodSync(`${made.paths.template}/sources/${name}`, 0o444);
  // What a kill leaves: sources without a manifest, and one that is not finished.
  Deno.removeSync(manifestPath(made.paths, first.hash));
  Deno.removeSync(sourcePath(made.paths, first.worldSource));
  Deno.writeTextFileSync(`${made.paths.template}/sources/.tmp-1-${first.worldSource}.ts`, "half");
  assertEquals(storedPools(made.paths), []);
  const times = () => Object.keys(before).map((name) => Deno.statSync(`${made.paths.template}/sources/${name}`).ino);
  assertEquals(await storePool(made.paths, made.folder, first), true);
  Deno.removeSync(`${made.paths.template}/sources/.tmp-1-${first.worldSource}.ts`);
  assertEquals(made.sources(), before);
  const inodes = times();
  assertEquals(await storePool(made.paths, made.folder, first), false);
  made.write("src/four.ts", gene("four"));
  await made.store();
  assertEquals(times(), inodes);
});

Deno.test("storePool() + puts a whole source in the place of a damaged one", async () => {
  await using made = new Made();
  const pool = await made.store();
  const whole = made.sources();
  Deno.writeTextFileSync(sourcePath(made.paths, pool.worldSource), "half");
  made.write("src/four.ts", gene("four"));
  const next = await made.store();
  assertEquals((await loadCode(made.paths, next)).length, 5);
  assertEquals({ ...whole, ...made.sources() }, made.sources());
});

Deno.test("storePool() + takes nothing in that has changed since it was read", async () => {
  const changes: readonly (readonly [string, string])[] = [["src/two.ts", gene("two", 2)], ["data/words.txt", "other"]];
  for (const [path, text] of changes) {
    await using made = new Made();
    made.writeData("words.txt", "a b");
    const pool = await readPool(made.folder);
    made.write(path, text);
    assertEquals(await codeOfFailure(() => storePool(made.paths, made.folder, pool)), "template.changed");
    assertEquals(storedPools(made.paths), []);
  }
});

Deno.test("storePool() + makes a pool whole again that was there", async () => {
  const damages: readonly ((made: Made, pool: Pool) => void)[] = [
    (made, pool) => Deno.writeTextFileSync(sourcePath(made.paths, pool.files[0]!.hash), "half"),
    (made, pool) => Deno.removeSync(placeOf(made.paths, pool.data![0]!)),
    (made, pool) => Deno.writeTextFileSync(manifestPath(made.paths, pool.hash), "{"),
    (made, pool) => Deno.writeTextFileSync(manifestPath(made.paths, pool.hash), "{}"),
  ];
  for (const damage of damages) {
    await using made = new Made();
    made.writeData("words.txt", "a b");
    const pool = await made.store();
    damage(made, pool);
    assertEquals(await storePool(made.paths, made.folder, pool), true);
    assertEquals(loadPool(made.paths, pool.hash), pool);
    assertEquals((await loadCode(made.paths, pool)).length, 4);
    assertEquals((await loadData(made.paths, pool)).length, 1);
    assertEquals(await storePool(made.paths, made.folder, pool), false);
  }
});

Deno.test("loadData() + each file of data is kept once, by its bytes, and none is given that is another", async () => {
  await using made = new Made();
  const none = await made.store();
  assertEquals(await loadData(made.paths, none), []);
  for (const name of ["a.txt", "b.csv"]) made.writeData(name, "a\n1\n");
  const pool = await made.store();
  made.writeData("c.json", "[1]");
  const more = await made.store();
  assertEquals([...Deno.readDirSync(`${made.paths.template}/data`)].length, 2);
  assertEquals(Object.keys(made.sources()).length, 4);
  const texts = async (of: Pool) =>
    (await loadData(made.paths, of)).map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]);
  assertEquals(await texts(pool), [["data/a.txt", "a\n1\n"], ["data/b.csv", "a\n1\n"]]);
  assertEquals((await texts(more)).at(-1), ["data/c.json", "[1]"]);
  Deno.writeTextFileSync(placeOf(made.paths, more.data![2]!), "[2]");
  assertEquals(await codeOfFailure(() => texts(more)), "template.changed");
  Deno.removeSync(placeOf(made.paths, more.data![2]!));
  assertEquals(await codeOfFailure(() => texts(more)), "template.missing");
  assertEquals((await texts(pool)).length, 2);
});

Deno.test("loadCode() + gives no source that is not what its hash says", async () => {
  const damages: readonly (readonly [string, (path: string) => void, string])[] = [
    ["another text", (path) => Deno.writeTextFileSync(path, gene("other")), "template.changed"],
    ["nothing", () => {}, "template.missing"],
    ["a link to the same bytes", (path) => Deno.symlinkSync(`${path}.whole`, path), "template.changed"],
    ["a folder", (path) => Deno.mkdirSync(path), "template.changed"],
    ["a file without an end", (path) => {
      Deno.writeFileSync(path, new Uint8Array(1));
      Deno.truncateSync(path, 2 ** 38);
    }, "template.changed"],
  ];
  for (const [name, harm, code] of damages) {
    await using made = new Made();
    const pool = await made.store();
    const path = sourcePath(made.paths, pool.files[0]!.hash);
    Deno.renameSync(path, `${path}.whole`);
    harm(path);
    assertEquals([name, await codeOfFailure(() => loadCode(made.paths, pool))], [name, code]);
    const known = new KnownPools(made.paths, pool.hash);
    assertEquals(known.pool.hash, pool.hash);
    assertEquals(await codeOfFailure(() => known.codeOf(pool.hash)), code);
  }
});

Deno.test("loadPool() + refuses a manifest that does not name the files of a pool", async () => {
  await using made = new Made();
  const pool = await made.store();
  const [file, ...rest] = pool.files;
  const manifests: readonly unknown[] = [
    {},
    null,
    [],
    7,
    { ...pool, files: null },
    { ...pool, files: [null] },
    { ...pool, files: Array.from({ length: 513 }, () => file) },
    { ...pool, files: [{ ...file, path: "../../outside.ts" }, ...rest] },
    { ...pool, files: [{ ...file, path: 7 }, ...rest] },
    { ...pool, files: [{ ...file, hash: "../../../outside" }, ...rest] },
    { ...pool, files: [{ ...file, tokens: undefined }, ...rest] },
    { ...pool, worldSource: "../world" },
    { ...pool, hash: "a".repeat(64) },
    { ...pool, world: undefined },
    { ...pool, data: {} },
    { ...pool, data: [null] },
    { ...pool, data: [{ path: "data/../../../a.txt", hash: file!.hash }] },
    { ...pool, data: [{ path: "data/a.txt", hash: "../a" }] },
    { ...pool, data: Array.from({ length: 257 }, () => ({ path: "data/a.txt", hash: file!.hash })) },
    { ...pool, worldSource: undefined },
  ];
  for (const manifest of manifests) {
    Deno.writeTextFileSync(manifestPath(made.paths, pool.hash), manifestText(manifest as Pool));
    const error = assertThrows(() => loadPool(made.paths, pool.hash), StepFailed);
    assertEquals([manifest, error.issue.code], [manifest, "template.facts"]);
  }
  for (const text of ["", "{", "\u0000"]) {
    Deno.writeTextFileSync(manifestPath(made.paths, pool.hash), text);
    assertEquals(await codeOfFailure(() => loadPool(made.paths, pool.hash)), "template.missing");
  }
});

Deno.test("formerPools() + names doctor where an earlier version has kept copies, and passes over what is no pool", async () => {
  await using made = new Made();
  const pool = await made.store();
  for (const name of [".DS_Store", "notes.json", `${"A".repeat(64)}.json`, `${"a".repeat(64)}.txt`]) {
    Deno.writeTextFileSync(`${made.paths.template}/pools/${name}`, "");
  }
  assertEquals(formerPools(made.paths, pool.hash), []);
  Deno.mkdirSync(`${made.paths.template}/${"a".repeat(64)}`);
  const error = assertThrows(() => formerPools(made.paths, pool.hash), StepFailed);
  assertEquals(error.issue.code, "template.former");
  assert(error.issue.message.includes("deno task doctor"));
  assertEquals(sourcesOf(pool).map(({ path }) => path).at(-1), "world.ts");
});

Deno.test("storePool() + a view is kept with its pool, and another one takes its place", async () => {
  await using made = new Made();
  const text = (x: number) => `export function view(): readonly { x: number }[] {\n  return [{ x: ${x} }];\n}\n`;
  const bare = await made.store();
  assertEquals(storedView(made.paths, bare.hash), undefined);
  made.write("view.ts", text(1));
  const first = await made.store();
  made.write("src/one.ts", gene("one", 7));
  const other = await made.store();
  made.write("src/one.ts", gene("one"));
  made.write("view.ts", text(2));
  const second = await made.store();
  assertEquals([first.hash, second.hash, second.worldHash], [bare.hash, bare.hash, bare.worldHash]);
  const viewOf = async (hash: string) => {
    const [file] = await loadView(made.paths, loadPool(made.paths, hash));
    return file && new TextDecoder().decode(file.bytes);
  };
  // That of the former pool stays as it was.
  assertEquals([await viewOf(second.hash), await viewOf(other.hash)], [text(2), text(1)]);
  assertEquals(storedView(made.paths, bare.hash), second.view!.hash);
  assertEquals((await loadCode(made.paths, second)).map(({ path }) => path).includes("view.ts"), false);
  Deno.writeTextFileSync(sourcePath(made.paths, second.view!.hash), text(3));
  assertEquals(await codeOfFailure(() => loadView(made.paths, second)), "template.changed");
  assertEquals(await storePool(made.paths, made.folder, second), true);
  assertEquals(await viewOf(second.hash), text(2));
  Deno.removeSync(`${made.folder}/view.ts`);
  const third = await made.store();
  assertEquals([third.view, storedView(made.paths, bare.hash)], [undefined, undefined]);
  Deno.writeTextFileSync(manifestPath(made.paths, bare.hash), "{");
  assertEquals(storedView(made.paths, bare.hash), undefined);
});
