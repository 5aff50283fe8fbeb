import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { factsFrom, issueFrom, worldText } from "./made_source.ts";

Deno.test("readSource() finds exported functions, their phases and lines", async () => {
  const { functions, lines } = await factsFrom(
    `/** Sees. @phase not-at-line-start
 * @phase sense
 */
export function see() {
  return 1;
}

// Thinks.
export const ponder = () => 2;

/** @phase act - chooses */
export function go() {}
function helper() {}
`,
  );
  assertEquals(functions.map(({ name, phase, line, lines }) => [name, phase, line, lines]), [
    ["go", "act", 12, 1],
    ["ponder", undefined, 9, 1],
    ["see", "sense", 4, 3],
  ]);
  assertEquals(lines, 13);
});

Deno.test("readSource() finds calls to genes, direct and through helpers", async () => {
  const { functions, imports } = await factsFrom(`
import { far as near, type Shape, LIMIT } from "./b.ts";
import type { GeneContext } from "evolve/contract";
export function direct() { return target() + near(); }
export function indirect() { return outer(); }
export function handed() { return [1].map(target); }
export function inClass() { return new Box().open(); }
export function recursive(n: number): number { return n > 0 ? recursive(n - 1) : LIMIT; }
export function shadowed(target: () => number) { return target(); }
export function typed(context: GeneContext): Shape { return evaluation as unknown as typeof target extends Shape ? Shape : Shape; }
export function local() { const outer = () => 0; return outer(); }
export function target() { return 1; }
function outer() { return inner(); }
const inner = () => { const keep = target; return keep(); };
class Box { open() { return target(); } }
`);
  assertEquals(Object.fromEntries(functions.map(({ name, calls }) => [name, calls])), {
    direct: ["src/a.ts#target", "src/b.ts#far"],
    handed: ["src/a.ts#target"],
    inClass: ["src/a.ts#target"],
    indirect: ["src/a.ts#target"],
    local: [],
    recursive: ["src/b.ts#LIMIT"],
    shadowed: [],
    target: [],
    typed: [],
  });
  assertEquals(imports.map(({ path, name }) => [path, name]), [["src/b.ts", "far"], ["src/b.ts", "LIMIT"]]);
});

Deno.test("readSource() counts decisions, those of helpers once", async () => {
  const { functions } = await factsFrom(`
export function straight() { return 1; }
export function branches(a: number) {
  if (a > 0 && a < 9) return 1;
  for (let i = 0; i < a; i++) { while (a) a--; }
  switch (a) { case 1: case 2: return 2; default: return a ? 1 : a ?? 2; }
}
export function helped(a: number) { return twice(a) + twice(a); }
function twice(a: number) { return a > 1 ? twice(a - 1) : 1; }
`);
  const complexity = Object.fromEntries(functions.map((gene) => [gene.name, gene.complexity]));
  assertEquals(complexity, { straight: 1, branches: 9, helped: 2 });
});

Deno.test("readSource() reads parameters in each form of a literal", async () => {
  const { parameters } = await factsFrom(`
export const parameters = Object.freeze({
  rate: { min: 0.001, max: 1, default: 0.1, scale: "log" },
  "bias": { min: -1, max: +1, default: -0.5 } as const,
}) satisfies object;
`);
  assertEquals(parameters, [
    { name: "bias", min: -1, max: 1, default: -0.5, scale: "linear" },
    { name: "rate", min: 0.001, max: 1, default: 0.1, scale: "log" },
  ]);
});

Deno.test("readSource() reads parameters of each kind in numbers, and lists", async () => {
  const { parameters } = await factsFrom(`
export const parameters = {
  bits: { kind: "boolean", length: 100, default: false },
  flag: { kind: "boolean", default: true },
  count: { kind: "integer", min: -2, max: 9, default: 3 },
  moves: { kind: "choice", options: ["2-opt", "or_opt"], length: 3, default: ["or_opt", "2-opt", "or_opt"] },
  rule: { kind: "choice", options: ["a", "b", "c"], default: "c" },
  weight: { kind: "real", min: 0.1, max: 1, scale: "log", default: 0.5 },
  weights: { min: 0, max: 1, default: 0.5, length: 4096 - 0 },
} as const;
`.replace("4096 - 0", "2"));
  const linear = { scale: "linear" };
  assertEquals<unknown>(parameters, [
    { name: "bits", min: 0, max: 1, default: 0, ...linear, kind: "boolean", length: 100 },
    { name: "count", min: -2, max: 9, default: 3, ...linear, kind: "integer" },
    { name: "flag", min: 0, max: 1, default: 1, ...linear, kind: "boolean" },
    {
      name: "moves",
      min: 0,
      max: 1,
      default: [1, 0, 1],
      ...linear,
      kind: "choice",
      options: ["2-opt", "or_opt"],
      length: 3,
    },
    { name: "rule", min: 0, max: 2, default: 2, ...linear, kind: "choice", options: ["a", "b", "c"] },
    { name: "weight", min: 0.1, max: 1, default: 0.5, scale: "log", kind: "real" },
    { name: "weights", min: 0, max: 1, default: 0.5, ...linear, length: 2 },
  ]);
});

Deno.test("readSource() refuses more numbers than a file may have, and takes as many", async () => {
  const lists = (length: number) =>
    `\nexport const parameters = { a: { kind: "boolean", default: true }, b: { kind: "boolean", default: true, length: ${length} } };`;
  const issue = await issueFrom(lists(4096));
  assertEquals([issue.code, issue.path], ["source.size", "src/a.ts:2"]);
  assertStringIncludes(issue.message, "at most 4096 numbers, those of lists included: they have 4097");
  assertEquals((await factsFrom(lists(4095))).parameters.length, 2);
});

const badParameters: readonly (readonly [string, string, string])[] = [
  ["a call", "{ a: make() }", "literal"],
  ["a name", "{ a: { min: 0, max: LIMIT, default: 0 } }", "literal"],
  ["a spread", "{ ...others }", "plain keys"],
  ["a computed key", "{ ['a']: { min: 0, max: 1, default: 0 } }", "plain keys"],
  ["a method", "{ a() {} }", "plain keys"],
  ["a key that every object has", "{ toString: { min: 0, max: 1, default: 0 } }", "toString"],
  ["__proto__", "{ __proto__: { min: 0, max: 1, default: 0 } }", "__proto__"],
  ["a key twice", "{ a: { min: 0, max: 1, default: 0 }, a: { min: 0, max: 1, default: 0 } }", "twice"],
  ["no record", "3", "record"],
  ["a number alone", "{ a: 3 }", "min, max"],
  ["no default", "{ a: { min: 0, max: 1 } }", "default"],
  ["an unknown field", "{ a: { min: 0, max: 1, default: 0, step: 1 } }", "step"],
  ["min at max", "{ a: { min: 1, max: 1, default: 1 } }", "below"],
  ["a default outside", "{ a: { min: 0, max: 1, default: 2 } }", "default"],
  ["infinite numbers", "{ a: { min: 0, max: 1e999, default: 2 } }", "finite"],
  ["an infinite range", "{ a: { min: -1.7e308, max: 1.7e308, default: 2 } }", "finite"],
  ["log from zero", '{ a: { min: 0, max: 1, default: 1, scale: "log" } }', "above 0"],
  ["another kind", '{ a: { kind: "bool", default: true } }', "real"],
  ["a kind that every object has", '{ a: { kind: "toString", default: true } }', "real"],
  ["a kind that is misspelt", '{ a: { kind: "intger", min: 0, max: 1, default: 0 } }', 'did you mean "integer"?'],
  ["a kind that is no text", "{ a: { kind: 1, default: true } }", "it is 1"],
  ["a fraction as an integer's bound", '{ a: { kind: "integer", min: 0.5, max: 2, default: 1 } }', "whole"],
  ["a fraction as an integer's default", '{ a: { kind: "integer", min: 0, max: 2, default: 1.5 } }', "whole number"],
  ["an integer that is too large", '{ a: { kind: "integer", min: 0, max: 1e16, default: 1 } }', "whole"],
  ["a boolean with a range", '{ a: { kind: "boolean", min: 0, max: 1, default: true } }', "unknown field min"],
  ["a boolean that is a number", '{ a: { kind: "boolean", default: 1 } }', "true or false: it is 1"],
  ["a boolean without a default", '{ a: { kind: "boolean" } }', "must have a default, true or false"],
  ["a choice without options", '{ a: { kind: "choice", default: "x" } }', "options"],
  ["a choice of one option", '{ a: { kind: "choice", options: ["x"], default: "x" } }', "2 to 64 different names"],
  ["a choice with an option twice", '{ a: { kind: "choice", options: ["x", "x"], default: "x" } }', "different"],
  [
    "a choice with an option that is no name",
    '{ a: { kind: "choice", options: ["x", "y z"], default: "x" } }',
    "names",
  ],
  ["a choice with a number", '{ a: { kind: "choice", options: ["x", 2], default: "x" } }', "names"],
  [
    "a choice with another default",
    '{ a: { kind: "choice", options: ["x", "y"], default: "z" } }',
    'one of its options "x", "y": it is "z"',
  ],
  ["a real number with options", '{ a: { options: ["x", "y"], min: 0, max: 1, default: 0 } }', "unknown field options"],
  ["a length of nothing", '{ a: { kind: "boolean", length: 0, default: true } }', "length from 1 to 4096: it is 0"],
  ["a length that is too large", '{ a: { kind: "boolean", length: 4097, default: true } }', "length"],
  ["a fraction as a length", '{ a: { kind: "boolean", length: 1.5, default: true } }', "length"],
  ["a text as a length", '{ a: { kind: "boolean", length: "3", default: true } }', "length"],
  ["a default of another length", "{ a: { min: 0, max: 1, default: [0, 1], length: 3 } }", "3 values"],
  ["a list as a default of no list", "{ a: { min: 0, max: 1, default: [0] } }", "must have a length"],
  ["an element outside", "{ a: { min: 0, max: 1, default: [0, 2], length: 2 } }", "within 0 and 1: it is 2"],
  ["a list in a default", "{ a: { min: 0, max: 1, default: [0, [1]], length: 2 } }", "within 0 and 1: it is [1]"],
  ["another scale", '{ a: { min: 0, max: 1, default: 1, scale: "cubic" } }', "linear"],
];

for (const [what, value, words] of badParameters) {
  Deno.test(`readSource() refuses parameters with ${what}`, async () => {
    const issue = await issueFrom(`\nexport const parameters = ${value};`);
    assertEquals([issue.code, issue.path], ["source.parameters", "src/a.ts:2"]);
    assertStringIncludes(issue.message, words);
  });
}

Deno.test("readSource() refuses a @phase that can't be used", async () => {
  for (const doc of ["@phase", "@phase 9", "@phase Act!", "@phase act\n * @phase learn", "Acts. @phase act"]) {
    const issue = await issueFrom(`/**\n * ${doc}\n */\nexport function a() {}`);
    assertEquals(issue.code, "source.phase");
    assert(issue.path!.startsWith("src/a.ts:"));
  }
});

Deno.test("readSource() refuses names that can't stand in generated code", async () => {
  for (const name of ["größe", "\\u0061b", "toString", "a".repeat(65)]) {
    const read = await issueFrom(`export function ${name}() {}`).catch(() => undefined);
    if (name === "\\u0061b") continue;
    assertEquals(read?.code, "source.name", name);
  }
});

Deno.test("readSource() reads the settings of a world", async () => {
  const { world, functions } = await factsFrom(worldText(), "world.ts");
  assertEquals(functions, []);
  assertEquals(world, {
    actions: ["stay", "go"],
    phases: ["sense", "think", "act"],
    steps: 100,
    episodes: 3,
    noisy: true,
    memory: "episode",
    environments: { plain: { food: 3 } },
  });
});

const badWorlds: readonly (readonly [string, string])[] = [
  ["actions", "[]"],
  ["actions", '["a", "a"]'],
  ["actions", "3"],
  ["phases", '["sense"]'],
  ["phases", '["act", "birth"]'],
  ["steps", "0"],
  ["steps", "1.5"],
  ["episodes", "65"],
  ["noisy", "1"],
  ["memory", '"forever"'],
  ["environments", "{}"],
  ["environments", '{ plain: { food: "3" } }'],
  ["environments", "{ plain: { food: size } }"],
  ["steps", ""],
  ["episodes", ""],
  ["instances", "0"],
  ["instances", "1000001"],
  ["instances", "1.5"],
  ["instances", '"all"'],
  ["instances", "[3]"],
  ["instances", "{}"],
  ["instances", "{ test: 3 }"],
  ["instances", "{ train: 3, test: 0 }"],
  ["instances", "{ train: 3, valid: 3 }"],
  ["colour", "3"],
];

for (const [setting, value] of badWorlds) {
  Deno.test(`readSource() refuses a world with ${setting}: ${value || "missing"}`, async () => {
    const issue = await issueFrom(worldText({ [setting]: value }), "world.ts");
    assertEquals([issue.code, issue.path], ["source.world", "world.ts:3"]);
    if (value !== "{ plain: { food: size } }") assertStringIncludes(issue.message, setting);
  });
}

Deno.test("readSource() says what names of actions are made of", async () => {
  for (const [setting, value] of [["actions", '["job 0"]'], ["action", '{ space: "discrete", names: ["job 0"] }']]) {
    const text = worldText({ actions: "", [setting!]: value! });
    assertStringIncludes((await issueFrom(text, "world.ts")).message, 'letters, digits, "_" and "-", a letter first');
  }
});

Deno.test("readSource() reads how many instances a world has, and how many of them an evaluation draws", async () => {
  const read = async (settings: Record<string, string>) => (await factsFrom(worldText(settings), "world.ts")).world!;
  const both = await read({ instances: "{ train: 5, test: 2 }" });
  assertEquals([both.instances, both.episodes], [{ train: 5, test: 2 }, 3]);
  const all = await read({ instances: "1024", episodes: "", noisy: "false" });
  assertEquals([all.instances, all.episodes], [1024, undefined]);
  assertEquals((await read({ instances: "2000", episodes: "1024" })).episodes, 1024);
});

const badDraws: readonly (readonly [Record<string, string>, string])[] = [
  [{ instances: "2" }, "at most 2, as there are that many instances to train on"],
  [{ instances: "{ train: 2, test: 9 }" }, "at most 2, as there are that many instances to train on"],
  [{ instances: "5000", episodes: "" }, "given, and at most 1024, where there are 5000 instances"],
  [{ instances: "5", noisy: "false" }, "5, or world.noisy true"],
  [{ episodes: "1000" }, "at most 64 in a world without instances"],
];

for (const [settings, demand] of badDraws) {
  Deno.test(`readSource() refuses episodes of ${JSON.stringify(settings)}`, async () => {
    const issue = await issueFrom(worldText(settings), "world.ts");
    assertEquals([issue.code, issue.path], ["source.world", "world.ts:3"]);
    assertStringIncludes(issue.message, `world.episodes must be ${demand}`);
  });
}

Deno.test("readSource() refuses a world without one of its functions or settings", async () => {
  for (const name of ["begin", "perceive", "act", "finished", "judge"]) {
    const issue = await issueFrom(worldText().replace(`export function ${name}`, `function ${name}`), "world.ts");
    assertEquals(issue.code, "source.world");
    assertStringIncludes(issue.message, name);
  }
  const issue = await issueFrom(worldText().replace("export const world", "const world"), "world.ts");
  assertStringIncludes(issue.message, "constant world");
});

Deno.test("readSource() finds what a world that is not noisy reads of what is random", async () => {
  const read = async (begin: string, noisy = "false") => {
    const text = worldText({ noisy }).replace("return { at: setup.random() };", begin);
    return (await factsFrom(text, "world.ts")).worldDraws;
  };
  assertEquals(await read("return { at: setup.random() };"), ["random"]);
  assertEquals(await read("return { at: setup.random() };", "true"), undefined);
  assertEquals(await read('const { layout: draw } = setup; return { at: draw() + setup["random"]() };'), [
    "layout",
    "random",
  ]);
  assertEquals(await read("const { steps, ...rest } = setup; return { at: rest.layout() };"), ["layout"]);
  const typed = "const own = { random: 1, layout: (): number => 2 }; type Own = { random(): number }; " +
    "/* setup.layout() */ return { at: Object.keys(own as unknown as Own).length };";
  assertEquals(await read(typed), undefined);
});
