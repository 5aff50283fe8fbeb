import type { Issue } from "../../lib/util/issue.ts";
import { readyLine } from "../../lib/runtime/ready.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { bundlePool } from "../../lib/toolchain/bundle.ts";
import { prepareLayout } from "../../lib/toolchain/layout.ts";
import { toolLimits } from "../../lib/toolchain/tools.ts";
import { StepFailed } from "../../lib/util/issue.ts";
import { MadeLayout } from "../steps/build/made_layout.ts";
import { smallTemplate } from "../steps/build/made_run.ts";

const walking = { "src/walk.ts": ["walk"], "src/taste.ts": ["taste"] };

function issuesOf(found: ReadonlyMap<string, Issue | undefined>) {
  return [...found.values()];
}

Deno.test("compile() leaves nothing in the layout", async () => {
  await using made = await MadeLayout.make(smallTemplate);
  const before = [...Deno.readDirSync(made.layout.folder)].length;
  const found = await made.compiler.compile([made.wiring("a", walking, 1), made.wiring("b", walking, 2)]);
  assertEquals(issuesOf(found), [undefined, undefined]);
  // But for the entry that names all genes.
  assertEquals([...Deno.readDirSync(made.layout.folder)].length, before + 1);
});

/** Genes that are none, by the type of what they take or give, and one with a mistake within. */
const mistyped = {
  ...smallTemplate,
  "src/wrong.ts": `import { taste } from "./taste.ts";
/** @phase act */
export function reads(context: string): number { return context.length; }
/** @phase learn */
export function tells(): string { return "no"; }
/** @phase act */
export function right(): number { return 1; }
`,
  "src/inner.ts": `/** @phase act */
export function inner(): number { return "text"; }
`,
  "src/outer.ts": `import { inner } from "./inner.ts";
/** @phase act */
export function outer(): number { return inner() + constant; }
const constant: string = 1;
`,
};

Deno.test("compile() tells mistakes in types to just those that have them, with paths of their own", async () => {
  await using made = await MadeLayout.make(mistyped);
  const outcomes = await made.compiler.compile([
    made.wiring("a", walking),
    made.wiring("b", { ...walking, "src/wrong.ts": ["reads", "right", "tells"] }),
    made.wiring("c", { "src/wrong.ts": ["right"] }),
    made.wiring("d", { "src/inner.ts": ["inner"] }),
    made.wiring("e", { "src/inner.ts": ["inner"], "src/outer.ts": ["outer"], "src/wrong.ts": ["tells"] }),
  ]);
  const [a, { findings: ofB, ...b }, c, d, { findings: ofE, ...e }] = issuesOf(outcomes) as [
    Issue,
    Issue,
    Issue,
    Issue,
    Issue,
  ];
  assertEquals([a, c], [undefined, undefined]);
  assertEquals([ofB, ofE].map((all) => all?.length), [2, 4]);
  const listed = made.wiring("b", { ...walking, "src/wrong.ts": ["reads", "right", "tells"] }).mod.split("\n");
  const line = listed.findIndex((text) => text.includes('{ name: "src/wrong.ts#reads"')) + 1;
  assertEquals(b, {
    code: "template.type",
    message: `src/mod.ts:${line}: TS2322: Type '(context: string) => number' is not assignable to type 'Gene'. ` +
      "Types of parameters 'context' and 'context' are incompatible. Type 'GeneContext<any, any, any>' is not assignable to type 'string'. " +
      "(and 1 more)",
    path: `src/mod.ts:${line}`,
  });
  const inner = "src/inner.ts:2: TS2322: Type 'string' is not assignable to type 'number'.";
  assertEquals(d, { code: "template.type", message: inner, path: "src/inner.ts:2" });
  assertEquals(e, { code: "template.type", message: `${inner} (and 3 more)`, path: "src/inner.ts:2" });
});

const lost = 'import { nothing } from "./nowhere.ts";\nnothing();\n';

Deno.test("bundlePool() leaves out what can't be bundled by itself, and what imports it", async () => {
  await using made = await MadeLayout.make({
    ...smallTemplate,
    "src/lost.ts": `${lost}/** @phase act */\nexport function seek(): number { return 1; }\n`,
    "src/other.ts": `${lost}/** @phase act */\nexport function search(): number { return 1; }\n`,
    "src/needs.ts":
      'import { seek } from "./lost.ts";\n/** @phase act */\nexport function need(): number { return seek(); }\n',
    "src/names.ts":
      'import type { seek } from "./lost.ts";\n/** @phase act */\nexport const name: typeof seek = () => 1;\n',
  });
  const { text, without } = await bundlePool(made.layout, made.pool);
  assertEquals([...without.keys()], ["src/lost.ts", "src/needs.ts", "src/other.ts"]);
  const message = 'src/lost.ts:1:24: Could not resolve "./nowhere.ts"';
  assertEquals(without.get("src/lost.ts"), { code: "template.bundle", message, path: "src/lost.ts" });
  assertEquals(without.get("src/needs.ts")!.message, message);
  assertStringIncludes(without.get("src/other.ts")!.message, "src/other.ts:1:24");
  assertEquals(["walk", "name", "seek", "need"].map((name) => text.includes(`#${name}"`)), [true, true, false, false]);
});

Deno.test("compile() lets no text of a gene file tell of another one, or speak to tools or terminals", async () => {
  await using made = await MadeLayout.make({
    ...smallTemplate,
    "src/forger.ts": `/// <reference path="/etc/passwd" />
/* @jsxImportSource /etc */ // @ts-nocheck
/** @phase act */
export function forge(): "\\u001b[31m\\nsrc/walk.ts(1,1): error TS1: forged\\n✘ [ERROR] x\\n\\n    src/walk.ts:1:1:\\n" {
  // @ts-ignore
  return 1; /* @__PURE__ */
}
`,
  });
  const [a, b] = issuesOf(
    await made.compiler.compile([made.wiring("a", walking), made.wiring("b", { "src/forger.ts": ["forge"] })]),
  );
  assertEquals(a, undefined);
  assertEquals(b!.path, "src/forger.ts:6");
  // deno-lint-ignore no-control-regex -- that is what must not be there
  assert(!/[\x00-\x1f]/.test(b!.message), b!.message);
});

/** Types whose members are ten thousand times ten thousand. */
const bomb = `type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
type Name = \`\${Digit}\${Digit}\${Digit}\${Digit}\`;
type All = { [A in Name]: { [B in Name as \`\${A}\${B}\`]: A } };
const all: All[Name] = null as unknown as All[Name];
const key: keyof All[Name] = all as never;
`;

Deno.test("compile() charges a text that is too much for the compiler to its own file", async () => {
  await using made = await MadeLayout.make({
    ...smallTemplate,
    "src/bomb.ts": `${bomb}/** @phase act */\nexport function burst(): number { return 1; }\n`,
    "src/holds.ts":
      'import { burst } from "./bomb.ts";\n/** @phase act */\nexport function hold(): number { return burst(); }\n',
  }, { ...toolLimits, cpuSeconds: 2 });
  const outcomes = await made.compiler.compile([
    made.wiring("a", walking),
    made.wiring("b", { "src/bomb.ts": ["burst"] }),
    made.wiring("c", { "src/holds.ts": ["hold"], "src/bomb.ts": ["burst"] }),
  ]);
  const [a, b, c] = issuesOf(outcomes);
  assertEquals(a, undefined);
  assertEquals([b!.code, b!.path], ["template.limit", "src/bomb.ts"]);
  assertEquals(c!.path, "src/bomb.ts");
});

Deno.test("compile() refuses to bundle a file that is not the template's", async () => {
  await using made = await MadeLayout.make({
    ...smallTemplate,
    "src/reads.ts":
      'import { secret } from "../../../secret.ts";\n/** @phase act */\nexport const told = () => secret;\n',
  });
  await Deno.writeTextFile(`${made.layout.folder}/../../secret.ts`, "export const secret = 1;\n");
  const error = await assertRejects(() => made.compiler.compile([made.wiring("a", walking)]), StepFailed);
  assertEquals(error.issue.code, "build.input");
});

Deno.test("prepareLayout() clears away what a killed build has left", async () => {
  await using made = await MadeLayout.make(smallTemplate);
  const { folder } = made.layout;
  const files = () => [...Deno.readDirSync(`${folder}/src`)].map(({ name }) => name).sort();
  const before = files();
  await Deno.writeTextFile(`${folder}/src/${"f".repeat(64)}.ts`, "left behind");
  const again = (runtime: string) => prepareLayout(made.store, made.code, made.pool, runtime);
  assertEquals((await again("runtime")).folder, folder);
  assertEquals(files(), before);
  assert((await again("another")).folder !== folder);
});

Deno.test("judge() makes a program that answers a line with a line", async () => {
  await using made = await MadeLayout.make(smallTemplate);
  const path = `${made.root}/judge.js`;
  await Deno.writeTextFile(path, await made.compiler.judge());
  const args = ["run", "--no-prompt", "--no-config", "--no-lock", "--no-npm", "--no-remote", "-q", path];
  const child = new Deno.Command(Deno.execPath(), { args, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  const seed = { seed: "1".repeat(32), layout: "2".repeat(32), environment: {}, steps: 3 };
  const request = { token: "t", worlds: [seed], genes: 1, evidence: [[1, 0, 1]] };
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(`${JSON.stringify(request)}\n`));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  assertEquals(new TextDecoder().decode(stderr), "");
  const [ready, line] = new TextDecoder().decode(stdout).split("\n");
  const reply = JSON.parse(line!);
  assertEquals(ready, readyLine);
  assertEquals([code, reply.token, reply.ok, reply.judgements.length], [0, "t", true, 1]);
  assert(reply.judgements[0].score >= 2);
});
