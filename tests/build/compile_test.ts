import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { sha256 } from "../../lib/agents/hash.ts";
import { Compiler } from "../../lib/build/compile.ts";
import { type BuildWiring, type Layout, prepareLayout } from "../../lib/build/layout.ts";
import { reach } from "../../lib/build/reach.ts";
import { artifactPath } from "../../lib/build/store.ts";
import type { Pool } from "../../lib/genome/pool.ts";
import { StepFailed } from "../../lib/issue.ts";
import { parseSource } from "../../lib/source/parse.ts";
import { tokenHash } from "../../lib/source/tokens.ts";
import { smallTemplate } from "./made_run.ts";

const main = `import { live } from "evolve/runtime";
import { act, begin, finished, judge, perceive, world } from "../world.ts";
import { wiring } from "./mod.ts";

live({ wiring, world: { act, begin, finished, judge, perceive, world } });
`;

function wiring(key: string, mod: string): BuildWiring {
  return { key: key.repeat(64), mod, main };
}

/** A wiring that lists one gene; `stride` makes it another content. */
function walking(key: string, stride = 1, more = ""): BuildWiring {
  return wiring(
    key,
    `import type { Wiring } from "evolve/contract";
import { walk } from "./walk.ts";
${more}
export const wiring = {
  phases: { "act": [{ name: "src/walk.ts#walk", run: walk, parameters: { stride: ${stride} } }] },
  active: ["src/taste.ts#taste", "src/walk.ts#walk"],
} satisfies Wiring;
`,
  );
}

interface Bench {
  readonly layout: Layout;
  readonly store: string;
  readonly compiler: Compiler;
}

async function worldHash(text: string): Promise<string> {
  const parsed = parseSource("world.ts", text);
  return parsed.ok ? await tokenHash(parsed.value) : "";
}

async function bench(template: Readonly<Record<string, string>> = smallTemplate): Promise<Bench> {
  const root = await Deno.makeTempDir({ prefix: "evolve-compile-" });
  await Deno.mkdir(`${root}/template/pool/src`, { recursive: true });
  const files: { path: string; hash: string; functions: [] }[] = [];
  for (const [path, text] of Object.entries(template)) {
    await Deno.writeTextFile(`${root}/template/pool/${path}`, text);
    if (path !== "world.ts") files.push({ path, hash: await sha256(text), functions: [] });
  }
  const pool = { hash: "pool", files, worldHash: await worldHash(template["world.ts"]!) } as unknown as Pool;
  const layout = await prepareLayout(`${root}/store`, `${root}/template`, pool, "runtime");
  return { layout, store: `${root}/store`, compiler: new Compiler(layout, `${root}/store`) };
}

Deno.test("compile() gives each wiring its own artifact and leaves no wiring in the layout", async () => {
  const { compiler, layout, store } = await bench();
  const outcomes = await compiler.compile([walking("a", 1), walking("b", 2)]);
  const hashes = [...outcomes.values()].map((outcome) => "artifact" in outcome ? outcome.artifact : "");
  assertEquals(new Set(hashes).size, 2);
  for (const hash of hashes) assertEquals(await sha256(await Deno.readFile(artifactPath(store, hash))), hash);
  const left = [...Deno.readDirSync(`${layout.folder}/src`)].map(({ name }) => name).sort();
  assertEquals(left, ["breed.ts", "taste.ts", "walk.ts"]);
});

Deno.test("compile() makes programs that load under Deno with no permission, the runtime first", async () => {
  const { compiler, store } = await bench();
  const [outcome] = (await compiler.compile([walking("a")])).values();
  assert(outcome && "artifact" in outcome);
  const path = artifactPath(store, outcome.artifact);
  const text = await Deno.readTextFile(path);
  assert(text.indexOf("carrier=") < text.indexOf("function walk("), "the runtime is loaded before the genes");
  const args = ["run", "--no-prompt", "--no-config", "--no-lock", "--no-npm", "--no-remote", "-q", path];
  const command = new Deno.Command(Deno.execPath(), { args, stdin: "null", stdout: "piped", stderr: "piped" });
  const { code, stdout, stderr } = await command.output();
  assertEquals(new TextDecoder().decode(stderr), "");
  assertEquals(code, 3, "without a request it answers with a typed error");
  assertEquals(JSON.parse(new TextDecoder().decode(stdout)).error.code, "request");
});

Deno.test("compile() tells mistakes of one wiring with its own paths, and makes the others", async () => {
  const { compiler } = await bench();
  const outcomes = await compiler.compile([
    walking("a"),
    walking("b", 1, 'import { nothing } from "./taste.ts";\nnothing();'),
    wiring("c", 'export const wiring = { phases: {}, active: "all" };\n'),
    walking("d", 1, "export const wrong: number = 'text';"),
  ]);
  const issues = [...outcomes.values()].map((outcome) => "issue" in outcome ? outcome.issue : undefined);
  assertEquals(issues[0], undefined);
  assertEquals(issues[1], {
    code: "build.type",
    message: `src/mod.ts:3: TS2305: Module '"./taste.ts"' has no exported member 'nothing'.`,
    path: "src/mod.ts:3",
  });
  assertEquals(issues[3], {
    code: "build.type",
    message: "src/mod.ts:3: TS2322: Type 'string' is not assignable to type 'number'.",
    path: "src/mod.ts:3",
  });
});

Deno.test("compile() finds the ones that can't be bundled by themselves", async () => {
  const { compiler } = await bench();
  // The compiler trusts this declaration, the bundler does not find what it names.
  const broken = '// @ts-ignore\nimport { nothing } from "./nowhere.ts";\nnothing();';
  const wirings = ["a", "b", "c", "d", "e"].map((key, i) => walking(key, i, i === 3 ? broken : ""));
  const outcomes = [...(await compiler.compile(wirings)).values()];
  assertEquals(outcomes.map((outcome) => "artifact" in outcome), [true, true, true, false, true]);
  const issue = "issue" in outcomes[3]! ? outcomes[3].issue : undefined;
  assertEquals(issue?.code, "build.bundle");
  assertStringIncludes(issue!.message, 'src/mod.ts:4:24: Could not resolve "./nowhere.ts"');
});

Deno.test("compile() refuses to bundle a file that is not the template's", async () => {
  const { compiler, layout } = await bench();
  const outside = `${layout.folder}/../../secret.ts`;
  await Deno.writeTextFile(outside, "export const secret = 1;\n");
  const reading = walking("a", 1, 'import { secret } from "../../../secret.ts";\nexport const told = secret;');
  const error = await assertRejects(() => compiler.compile([reading]), StepFailed);
  assertEquals(error.issue.code, "build.input");
});

Deno.test("prepareLayout() clears away what a killed build has left", async () => {
  const { layout, store } = await bench();
  await Deno.writeTextFile(`${layout.folder}/src/${"f".repeat(64)}.ts`, "left behind");
  const template = `${store}/../template`;
  const files = await Promise.all(
    ["src/breed.ts", "src/taste.ts", "src/walk.ts"].map(async (path) => ({
      path,
      hash: await sha256(smallTemplate[path]!),
      functions: [],
    })),
  );
  const pool = { hash: "pool", files, worldHash: await worldHash(smallTemplate["world.ts"]!) } as unknown as Pool;
  const again = await prepareLayout(store, template, pool, "runtime");
  assertEquals(again.folder, layout.folder);
  assertEquals([...Deno.readDirSync(`${again.folder}/src`)].length, 3);
  assert((await prepareLayout(store, template, pool, "another")).folder !== layout.folder);
});

Deno.test("judge() makes a program that answers a line with a line", async () => {
  const { compiler, store } = await bench();
  const path = `${store}/judge.js`;
  await Deno.writeTextFile(path, await compiler.judge());
  const args = ["run", "--no-prompt", "--no-config", "--no-lock", "--no-npm", "--no-remote", "-q", path];
  const child = new Deno.Command(Deno.execPath(), { args, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  const seed = { seed: "1".repeat(32), layout: "2".repeat(32), environment: {}, steps: 3 };
  const request = { token: "t", worlds: [seed], genes: 1, evidence: [[1, 0, 1]] };
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(`${JSON.stringify(request)}\n`));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  assertEquals(new TextDecoder().decode(stderr), "");
  const reply = JSON.parse(new TextDecoder().decode(stdout));
  assertEquals([code, reply.token, reply.ok, reply.judgements.length], [0, "t", true, 1]);
  assert(reply.judgements[0].score >= 2);
});

Deno.test("reach() follows imports of all forms through the modules", () => {
  const modules = new Map([
    ["src/a.ts", 'import { b } from "./b.ts";'],
    ["src/b.ts", 'import type { C } from "../world.ts";\nexport * from "./a.ts";'],
    ["src/c.ts", ""],
    ["world.ts", ""],
  ]);
  assertEquals([...reach("src/mod.ts", "import { a }\n  from './a.ts'", modules)].sort(), [
    "src/a.ts",
    "src/b.ts",
    "world.ts",
  ]);
  assertEquals([...reach("src/mod.ts", 'import "./c.ts";', modules)], ["src/c.ts"]);
  assertEquals([...reach("src/mod.ts", 'import { live } from "evolve/runtime";', modules)], []);
});
