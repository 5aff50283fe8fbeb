import { assert, assertEquals, assertMatch } from "@std/assert";
import { parse } from "@babel/parser";
import { deriveSeed } from "../../lib/runtime/random.ts";
import { resolveNames } from "../../lib/source/scope.ts";
import type { SyntaxNode } from "../../lib/source/syntax.ts";
import { withOwnMethods } from "../../lib/toolchain/own_methods.ts";
import { takenHome, usableEngines } from "../pipelines/_taken_home.ts";
import { MadeLayout } from "../steps/build/made_layout.ts";

const world = `
export const world = {
  action: { space: "box", length: 16, low: -1e12, high: 1e12 }, phases: ["think", "act"], steps: 9, episodes: 1,
  noisy: true, memory: "episode", environments: { plain: { wind: 0.3 } },
} as const;
interface Field { readonly random: () => number; readonly wind: number; readonly all: number[] }
export function begin({ random, environment }: { random: () => number; environment: { wind: number } }): Field {
  return { random, wind: environment.wind, all: [] };
}
export function perceive({ all, wind }: Field) {
  return { last: all.length, blown: Math.sin(wind * all.length) };
}
export function act({ all, random, wind }: Field, action: readonly number[]): number {
  all.push(...action);
  return Math.pow(random(), wind);
}
export function finished(): boolean { return false; }
export function judge({ all }: Field) {
  return { score: all.toSorted((a, b) => a - b).length, measures: { logs: Math.log(all.length) } };
}
`;

/** Uses all that the runtime does in its own ways, in all the forms in which code can call it. */
const odd = `
class Heap { readonly name = "heap"; sort(): number { return 7; } toString(): string { return "own"; } }
function sumOf(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = sum * 31 % 1000003 + text.charCodeAt(i);
  return sum;
}
function chance(context: any): (a: unknown, b: unknown) => number { return () => context.random() - 0.5; }
/** @phase think */
export function look(context: any): void {
  const own = Array.from({ length: 40 }, (_, i) => i + context.perception.blown);
  context.emit("mixed", own.sort(chance(context)));
  context.emit("typed", Float64Array.from(own).sort(chance(context)));
}
/** @phase act */
export function odd(context: any): readonly number[] {
  const { wind } = context.parameters;
  const record = { list: [5, 1, 30, 200], none: undefined as undefined | { list: number[] } };
  const mixed = context.vector("mixed");
  return [
    mixed[3], mixed[37], context.vector("typed")[5],
    mixed.toSorted(chance(context))[0],
    Float32Array.from(mixed).toSorted(chance(context))[2]!,
    record?.list.sort()[1]!, record.none?.list.sort().length ?? -1, (record.list, [9, 8]).toSorted()[0]!,
    new Heap().sort() + sumOf(new Heap().toString()) + sumOf([1, [2, 3]].toString()),
    sumOf((context.random() * 1e-9).toString()) + sumOf((Math.pow(2, -400)).toExponential()) + sumOf(0.1.toString(3)),
    sumOf(String(Math.pow(2, -1022))) + sumOf("ΑΣ ΑΣΑ".toLowerCase()) + sumOf("straße".toUpperCase()) + sumOf("ab".repeat(3)),
    Number("0.1000000000000000055511151231257827021181583404541015626"),
    parseFloat("9007199254740993.00000000000000000000001") % 997, parseInt("zzzzzzzzzzzzzzzz", 36) % 997,
    [1, 2, 3].map(String).map(Number).reduce((a, b) => a + b) + Number.parseFloat("1.5") + Number.MAX_SAFE_INTEGER % 997,
    Math.exp(context.random()) + Math.tan(wind) * Math.cbrt(mixed[0]) + Math.hypot(wind, 3, mixed[1]),
  ];
}
/** @phase birth */
export function unborn(context: any): void { context.genome.copy(context.mates[0]); }
`;

const template = {
  "world.ts": world,
  "src/odd.ts":
    `export const parameters = { wind: { min: 0, max: 1, default: 0.7, scale: "linear" } } as const;\n${odd}`,
};
const genes = { "src/odd.ts": ["look", "odd", "unborn"] };
const seeds = { genes: deriveSeed("genes"), world: deriveSeed("world"), layout: deriveSeed("layout") };

/** What the artifact does in a process of its own, as evidence. */
async function evidenceOf(program: string, folder: string, steps: number): Promise<string> {
  const path = `${folder}/artifact.js`;
  await Deno.writeTextFile(path, program);
  const args = ["run", "--no-prompt", "--no-config", "--no-lock", "--no-npm", "--no-remote", "-q", path];
  const process = new Deno.Command(Deno.execPath(), { args, stdin: "piped", stdout: "piped", stderr: "inherit" })
    .spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(`${
    JSON.stringify({
      version: 1,
      kind: "judged",
      token: "t",
      seed: seeds.genes,
      genome: "",
      mates: [],
      past: { scores: [], present: [], bestScore: null, best: null },
      inbox: [],
      addresses: 0,
      memory: [],
      pool: { files: [] },
      worlds: [{ seed: seeds.world, layout: seeds.layout, environment: { wind: 0.3 }, steps }],
    })
  }\n`));
  await writer.close();
  const { stdout } = await process.output();
  const reply = JSON.parse(new TextDecoder().decode(stdout).split("\n")[1]!);
  assert(reply.error === undefined, JSON.stringify(reply));
  return reply.evidence[0];
}

function bits(actions: readonly (number | readonly number[])[]): string {
  return new Uint8Array(Float64Array.from(actions.flat()).buffer).toBase64();
}

Deno.test("a module gives what engines compute in their own ways as an artifact does, bit for bit", async () => {
  await using made = await MadeLayout.make(template);
  const cutter = await made.cutter();
  const genome = made.genome(genes);
  const expected = await evidenceOf((await cutter.cut(genome)).program, made.root, 9);
  for (const language of ["js", "ts"] as const) {
    const path = `${made.root}/taken.${language}`;
    await Deno.writeTextFile(path, await cutter.module(genome, language, { about: ["a test"], genomeSeed: undefined }));
    await Deno.writeTextFile(`${made.root}/package.json`, '{ "type": "module" }');
    for (const engine of language === "ts" ? ["deno"] : await usableEngines()) {
      const [taken, again] = await takenHome(engine, path, [{ seed: seeds }, { seed: seeds }]);
      assertEquals(bits(taken!.actions), expected, engine);
      assertEquals(again, taken, "nothing is left of an episode");
      assertEquals([taken!.actions.length, taken!.objectives], [9, { score: 144 }]);
    }
  }
});

Deno.test("a module leaves out what an agent changes itself by, and names nothing that a browser lacks", async () => {
  await using made = await MadeLayout.make(template);
  const text = await (await made.cutter()).module(made.genome(genes), "js", {
    about: ["a test"],
    genomeSeed: undefined,
  });
  assert(!text.includes("function unborn("), "a gene of phase birth");
  const program = parse(text, { sourceType: "module" }).program as unknown as SyntaxNode;
  const free = new Set(resolveNames(program).references.filter(({ binding }) => !binding).map(({ name }) => name));
  for (const name of free) assert(name === "globalThis" || name === "undefined" || isOfLanguage(name), name);
});

function isOfLanguage(name: string): boolean {
  return name !== "Deno" && Object.hasOwn(globalThis, name) &&
    /^(Array|ArrayBuffer|BigInt|Boolean|DataView|Error|Float\d+Array|Infinity|Int\d+Array|JSON|Map|Math|NaN|Number|Object|RangeError|ReferenceError|Reflect|RegExp|Set|String|Symbol|SyntaxError|TypeError|Uint\d+(Clamped)?Array|WeakSet|Function|EvalError|URIError|isFinite|isNaN|parseFloat|parseInt)$/
      .test(name);
}

Deno.test("the types of a module are those of what it exports", async () => {
  await using made = await MadeLayout.make(template);
  const cutter = await made.cutter();
  for (const language of ["js", "ts"] as const) {
    const name = `typed.${language}`;
    await Deno.writeTextFile(
      `${made.root}/${name}`,
      await cutter.module(made.genome(genes), language, { about: ["a test"], genomeSeed: undefined }),
    );
    const user = `import { policy, run } from "./${name}";
const violation: number = run({ seed: 3, environment: "plain" }).violation;
// @ts-expect-error it is a number
const text: string = run().violation;
// @ts-expect-error there is no such option
run({ sed: 1 });
const action: number | readonly number[] = policy({ seed: "x" }).act({ last: 0, blown: 1 }, 2);
console.log(violation, text, action);
`;
    await Deno.writeTextFile(`${made.root}/user_${language}.ts`, user);
    const strict = `${made.root}/deno.json`;
    await Deno.writeTextFile(strict, '{ "compilerOptions": { "checkJs": true, "strict": true } }');
    const args = ["check", "-q", "--config", strict, "--no-lock", `${made.root}/user_${language}.ts`];
    const { code, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
  }
});

Deno.test("withOwnMethods() wraps receivers, and keeps chains that end early", () => {
  const cases = [
    ["list.sort(f)", "own(list).sort(f)"],
    ["a.b.sort().toSorted(g)", "own(own(a.b).sort()).toSorted(g)"],
    ["list?.sort(f)", "own(list)?.sort(f)"],
    ["a?.b.sort(f).length", "own(a?.b)?.sort(f).length"],
    ["(a, b).sort()", "(own((a, b))).sort()"],
    ["(a?.b).sort()", "(own(a?.b)).sort()"],
    ['list["sort"](f)', 'own(list)["sort"](f)'],
    ['a?.list["sort"](f)', 'own(a?.list)?.["sort"](f)'],
    ["list.map(f)", "list.map(f)"],
    ["1.5.toString()", "own(1.5).toString()"],
  ];
  for (const [text, expected] of cases) assertEquals(withOwnMethods(`${text};`, "own"), `${expected};`);
  assertMatch(withOwnMethods("class A extends B { f() { super.sort(); } }", "own"), /super\.sort/);
});
