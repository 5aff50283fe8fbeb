import { assert, assertEquals, assertNotEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { catalogue, type Pool } from "../../lib/genome/pool.ts";
import { readPool } from "../../lib/template/read_pool.ts";
import { Misuse } from "../../lib/util/issue.ts";
import { worldText } from "../source/made_source.ts";

const gene = "/** @phase act */\nexport function go() { return near(); }\nfunction near() { return 1; }\n";

Deno.test("readPool() reads genes, phases, parameters, calls and the world", async () => {
  const pool = await poolFrom({
    "src/a.ts":
      'import { LIMIT, value as v } from "./b.ts";\n/** @phase act */\nexport function go() { return v() + LIMIT; }\n',
    "src/b.ts": "export const LIMIT = 3;\nexport function value() { return 1; }\n" +
      "export const parameters = { rate: { min: 0, max: 1, default: 0.5 } };\n",
    "src/notes.md": "not a gene",
    "README.md": "not a gene",
  });
  assertEquals(pool.files.map((file) => file.path), ["src/a.ts", "src/b.ts"]);
  assertEquals(pool.files[0]!.functions[0]!.calls, ["src/b.ts#value"]);
  assertEquals(catalogue(pool).files[1], {
    path: "src/b.ts",
    functions: ["value"],
    parameters: [{ name: "rate", min: 0, max: 1, default: 0.5, scale: "linear" }],
  });
  assertEquals(pool.world.actions, ["stay", "go"]);
});

Deno.test("readPool() gives one hash for code that differs in comments alone", async () => {
  const plain = await poolFrom({ "src/a.ts": gene });
  const commented = await poolFrom({ "src/a.ts": `// why\n${gene}`, "world.ts": `/* a world */\n${worldText()}` });
  const other = await poolFrom({ "src/a.ts": gene.replace("return 1", "return 2") });
  const renamed = await poolFrom({ "src/b.ts": gene });
  assertEquals([plain.hash, plain.worldHash], [commented.hash, commented.worldHash]);
  assertNotEquals(plain.files[0]!.hash, commented.files[0]!.hash);
  assertEquals(new Set([plain.hash, other.hash, renamed.hash]).size, 3);
});

const refused: readonly (readonly [string, Record<string, string>, string, string])[] = [
  ["no genes", { "src/a.ts": "const a = 1;" }, "pool.empty", "/src"],
  ["no gene files", {}, "pool.empty", "/src"],
  ["no world", { "src/a.ts": gene, "world.ts": "" }, "pool.world", "/world.ts"],
  ["two genes of one name in two files", { "src/a.ts": gene, "src/b.ts": `\n${gene}` }, "pool.name", "src/b.ts:3"],
  ["two genes of one name in one file", { "src/a.ts": gene + gene }, "source.syntax", "src/a.ts:5"],
  ["a syntax error", { "src/a.ts": `${gene}let = ;` }, "source.syntax", "src/a.ts:4"],
  ["a syntax error in the world", { "src/a.ts": gene, "world.ts": "export {" }, "source.syntax", "world.ts:1"],
  ["code that the audit refuses", { "src/a.ts": `${gene}let state = 1;` }, "audit.state", "src/a.ts:4"],
  ["a phase that the world lacks", { "src/a.ts": gene.replace("@phase act", "@phase thin") }, "pool.phase", "think"],
  ["an import of a missing file", { "src/a.ts": `import { x } from "./x.ts";\n${gene}` }, "pool.import", "src/a.ts:1"],
  [
    "an import of what is not exported",
    { "src/a.ts": `import { x } from "./b.ts";\n${gene}`, "src/b.ts": "const x = 1;" },
    "pool.import",
    "src/a.ts:1",
  ],
  ["a generated file", { "src/a.ts": gene, "src/mod.ts": gene }, "pool.reserved", "src/mod.ts"],
  ["a file name that can't be used", { "src/a b.ts": gene }, "pool.path", "src/a b.ts"],
  ["a name that holds types alone", { "src/a.d.ts": gene }, "pool.path", "src/a.d.ts"],
  ["such a name with more in it", { "src/a.d.css.ts": gene }, "pool.path", "src/a.d.css.ts"],
  ["too many genes", manyGenes(), "pool.size", "genomes"],
];

for (const [what, files, code, words] of refused) {
  Deno.test(`readPool() refuses a template with ${what}`, async () => {
    const error = await assertRejects(() => poolFrom(files), Misuse);
    assertEquals(error.issue.code, code, error.message);
    assertStringIncludes(error.message, words);
  });
}

Deno.test("readPool() refuses a template that is not there, is a file, or holds links", async () => {
  using folder = new Folder({ "src/a.ts": gene, "world.ts": worldText(), "other.ts": gene });
  const codes = async (path: string) => (await assertRejects(() => readPool(path), Misuse)).issue.code;
  assertEquals(await codes(`${folder.path}/missing`), "pool.missing");
  assertEquals(await codes(`${folder.path}/world.ts`), "pool.link");
  Deno.symlinkSync(`${folder.path}/other.ts`, `${folder.path}/src/b.ts`);
  assertEquals(await codes(folder.path), "pool.link");
  Deno.removeSync(`${folder.path}/src/b.ts`);
  assert(await readPool(folder.path));
  Deno.removeSync(`${folder.path}/world.ts`);
  Deno.symlinkSync(`${folder.path}/other.ts`, `${folder.path}/world.ts`);
  assertEquals(await codes(folder.path), "pool.link");
});

Deno.test("readPool() passes over what systems and editors leave behind", async () => {
  using folder = new Folder({ "src/a.ts": gene, "world.ts": worldText() });
  const { hash } = await readPool(folder.path);
  for (const below of ["", "src/"]) {
    for (const name of [".DS_Store", "Thumbs.db", "._a.ts", ".a.ts.swp", "a.ts~", "#a.ts#", ".nfs01", "core"]) {
      Deno.writeTextFileSync(`${folder.path}/${below}${name}`, "no code");
    }
    Deno.symlinkSync("somebody@somewhere.1", `${folder.path}/${below}.#a.ts`);
    Deno.mkdirSync(`${folder.path}/${below}lost+found`);
  }
  assertEquals((await readPool(folder.path)).hash, hash);
});

Deno.test("readPool() refuses a file that is not UTF-8 or too large", async () => {
  using folder = new Folder({ "src/a.ts": gene, "world.ts": worldText() });
  Deno.writeFileSync(`${folder.path}/src/a.ts`, new Uint8Array([0x2f, 0x2f, 0xff]));
  assertEquals((await assertRejects(() => readPool(folder.path), Misuse)).issue.code, "pool.encoding");
  Deno.writeFileSync(`${folder.path}/src/a.ts`, new Uint8Array(300_000).fill(0x20));
  assertEquals((await assertRejects(() => readPool(folder.path), Misuse)).issue.code, "pool.size");
});

Deno.test("readPool() refuses lists for which no genome has room, and takes as many bits as numbers fit", async () => {
  const listed = (fields: string) => ({
    "world.ts": worldText(),
    ...Object.fromEntries([0, 1, 2].map((i) => [
      `src/f${i}.ts`,
      `export const parameters = { list: { ${fields}, length: 4096 } };\n${gene.replace("go", `go${i}`)}`,
    ])),
  });
  using reals = new Folder(listed("min: 0, max: 1, default: 0"));
  const { issue } = await assertRejects(() => readPool(reals.path), Misuse);
  assertEquals(issue.code, "pool.size");
  assert(issue.message.includes("shorten lists"), issue.message);
  using bits = new Folder(listed('kind: "boolean", default: false'));
  assertEquals((await readPool(bits.path)).files.length, 3);
});

class Folder implements Disposable {
  readonly path = Deno.makeTempDirSync();
  constructor(files: Record<string, string>) {
    Deno.mkdirSync(`${this.path}/src`);
    for (const [path, text] of Object.entries(files)) {
      if (text !== "") Deno.writeTextFileSync(`${this.path}/${path}`, text);
    }
  }
  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

Deno.test("readPool() refuses what engines read differently, but for pools that a run has", async () => {
  using folder = new Folder({
    "world.ts": worldText(),
    "src/a.ts": gene.replace("return 1", "return 0.12345678901234567890"),
  });
  const error = await assertRejects(() => readPool(folder.path), Misuse);
  assertEquals(error.issue.code, "audit.engine");
  const asked: string[] = [];
  const pool = await readPool(folder.path, (hash, { code }) => asked.push(hash, code) > 0);
  assertEquals(asked, [pool.hash, "audit.engine"]);
  Deno.writeTextFileSync(`${folder.path}/src/b.ts`, "let state = 0;");
  await assertRejects(() => readPool(folder.path, () => true), Misuse);
});

async function poolFrom(files: Record<string, string>): Promise<Pool> {
  using folder = new Folder({ "world.ts": worldText(), ...files });
  return await readPool(folder.path);
}

function manyGenes(): Record<string, string> {
  return Object.fromEntries(Array.from({ length: 12 }, (_, file) => {
    const genes = Array.from({ length: 100 }, (_, i) => `export function ${"g".repeat(55)}${file}x${i}() {}`);
    return [`src/f${file}.ts`, genes.join("\n")];
  }));
}

Deno.test("readTemplate() refuses names that differ in case only", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/src`);
  for (const name of ["a.ts", "A.ts"]) await Deno.writeTextFile(`${folder}/src/${name}`, gene);
  const error = await assertRejects(() => readPool(folder), Misuse);
  assertEquals([error.issue.code, error.issue.path], ["pool.path", `${folder}/src/a.ts`]);
  await Deno.remove(folder, { recursive: true });
});
