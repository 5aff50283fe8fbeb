import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { splitArtifact } from "../../lib/isolation/artifact.ts";
import { bundlePool } from "../../lib/toolchain/bundle.ts";
import { allGenes } from "../../lib/toolchain/parts.ts";
import { PoolParts } from "../../lib/toolchain/parts.ts";
import { takeApart } from "../../lib/toolchain/take_apart.ts";
import { activeNames } from "../../lib/genome/active.ts";
import { chooseGenes } from "../../lib/genome/choice.ts";
import { drawViable } from "../../lib/genome/draw.ts";
import { catalogue } from "../../lib/genome/pool.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { StepFailed } from "../../lib/util/issue.ts";
import { Engines } from "../../lib/isolation/wasm/engines.ts";
import type { Agent, GenePool } from "../../lib/runtime/contract.ts";
import { type ChosenTake, type Load, loadedFor } from "../../lib/runtime/load.ts";
import { chosenAgent } from "../../lib/runtime/shared.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { audit } from "../../lib/source/audit.ts";
import { pool, requestFor, worldsOf } from "../agent_template/made_template.ts";
import { MadeLayout } from "../steps/build/made_layout.ts";
import { smallTemplate } from "../steps/build/made_run.ts";

/** Whatever Gene TypeScript lets files do with names, each of them twice. */
const tricky = {
  "world.ts": smallTemplate["world.ts"]!,
  "src/a.ts": `import { fromB, SCALE as Size, unused } from "./b.ts";
import { type Kind } from "./c.ts";
import type { GeneContext } from "evolve/contract";
const LIMIT = 3, UNUSED = 4;
const TABLE = Object.freeze({ low: -LIMIT, list: Object.freeze([LIMIT, LIMIT * 2]), "odd key": 1 });
const helper = (value: number): number => value + TABLE.list[1]! + (LIMIT > 2 ? 1 : 0);
interface Kept { readonly at: number }
class Base { #secret = LIMIT; at = 0; read(): number { return this.#secret + this.at; } }
class Counter extends Base implements Kept {
  static of(at: number): Counter { const made = new Counter(); made.at = at; return made; }
  override read(): number { return super.read() + helper(1); }
}
/** @phase act */
export function one(context: GeneContext): number {
  const helper = { shadowed: 1, LIMIT }, kind: Kind = "a";
  return Counter.of(context.step).read() + helper.shadowed + (helper.LIMIT as number) + Size + kind.length;
}
/** @phase act */
export const two = (): number => fromB(2) + calls(2), three = (): number => 3 + even(5);
export function calls(depth: number): number { return depth > 0 ? fromB(depth - 1) : LIMIT; }
function even(n: number): number { return n === 0 ? 1 : odd(n - 1); }
function odd(n: number): number { return n === 0 ? 0 : even(n - 1); }
/** @phase act */
export function four(): number { return unused() + UNUSED; }
`,
  "src/b.ts": `import { calls } from "./a.ts";
export const SCALE = 10;
const LIMIT = \`\${SCALE}0\`;
const helper = function own(value: number): number { return value > 0 ? own(value - 1) : Number(LIMIT); };
class Counter { [LIMIT] = 5; static read(one: Counter): number { return one["100"]!; } [key: string]: number }
export function fromB(depth: number): number {
  for (const LIMIT of [1]) depth += LIMIT - 1;
  return calls(depth - 1) + helper(2) + Counter.read(new Counter());
}
export function unused(): number { return 0; }
`,
  "src/c.ts": `"use strict";;
export type Kind = "a" | "b";
const gene0 = 1, parameters0 = 2, wiring = 3, world = 4, evaluation = 5;
export const parameters = { pull: { min: 0, max: 1, default: 0.5, scale: "linear" } };
/** @phase act */
export function names(): number { return gene0 + parameters0 * wiring + world * evaluation; }
/** @phase act */
export function act(context: { parameters: Record<string, number> }, { step = gene0, ...rest } = { step: 1 }): number {
  return context.parameters.pull! + step + Object.keys(rest).length;
}
`,
};

/** The agent that the genes' side of an artifact hands over. */
function agentOf(genes: string): Agent {
  const taken: Agent[] = [];
  new Function("__evolve", `"use strict";\n${genes}`)((agent: Agent) => taken.push(agent));
  assertEquals(taken.length, 1);
  return taken[0]!;
}

/** All that can be seen of an agent: its wiring, and what its genes and its world say. */
function seen({ wiring, world }: Agent): unknown {
  const phases = Object.entries(wiring.phases).map(([phase, genes]) => [
    phase,
    genes.map(({ name, run, parameters }) => [
      name,
      parameters,
      // deno-lint-ignore no-explicit-any -- just what these genes read
      run({ step: 2, parameters, perception: {}, reward: 1, remember: () => {} } as any),
    ]),
  ]);
  return [phases, wiring.active, Object.keys(world).sort(), world.world, world.perceive({ at: 1 })];
}

const everything = { "src/a.ts": ["calls", "four", "one", "three", "two"], "src/b.ts": ["fromB", "unused"] };
const choices: Readonly<Record<string, readonly string[]>>[] = [
  {},
  { "src/a.ts": ["one"] },
  { "src/a.ts": ["three"] },
  { "src/a.ts": ["calls", "two"], "src/b.ts": ["fromB"] },
  { "src/a.ts": ["four"], "src/b.ts": ["unused"] },
  { "src/c.ts": ["names"] },
  { ...everything, "src/c.ts": ["act", "names"] },
];

Deno.test("textFor(): an artifact does what the bundler's own bundle of its wiring does", async () => {
  for (const [path, text] of Object.entries(tricky)) assertEquals(audit(path, text), []);
  await using made = await MadeLayout.make(tricky);
  const parts = new PoolParts(takeApart((await bundlePool(made.layout, made.pool)).text));
  const own = await made.bundled(choices.map((genes) => made.genome(genes, 0.25)));
  for (const [number, genes] of choices.entries()) {
    const text = parts.textFor(made.wiring("a", genes, 0.25));
    const bundled = agentOf(own[number]!);
    assertEquals(seen(agentOf(text)), seen(bundled));
  }
});

Deno.test("textFor() holds nothing that its genes do not reach", async () => {
  await using made = await MadeLayout.make(tricky);
  const parts = new PoolParts(takeApart((await bundlePool(made.layout, made.pool)).text));
  const text = (genes: Readonly<Record<string, readonly string[]>>) => parts.textFor(made.wiring("a", genes));
  const three = text({ "src/a.ts": ["three"] });
  assertStringIncludes(three, "function even(");
  assertStringIncludes(three, "function odd(");
  assert(!/calls|fromB|two|four|LIMIT|TABLE|class|unused|UNUSED/.test(three), three);
  assertStringIncludes(three, "// src/a.ts");
  assert(!three.includes("// src/b.ts"));
  const four = text({ "src/a.ts": ["four"], "src/b.ts": ["unused"] });
  assertStringIncludes(four, "UNUSED = 4");
  assert(!/LIMIT|three|SCALE/.test(four), four);
  assert(!/src\/[abc]\.ts/.test(text({})), "without genes there is the world alone");
});

/** The agent that a program of the whole pool makes of a choice, with the genes that it was evaluated for. */
function chosenOf(made: MadeLayout, genes: string, genome: Genome): Agent {
  const { active, parameters } = chooseGenes(genome, made.pool);
  const load = new Function("__evolve", `"use strict";\n${genes}`) as Load<GenePool, ChosenTake<GenePool>>;
  const pool = catalogue(made.pool);
  return chosenAgent(loadedFor(load, new Set(active)), { pool }, { active, parameters });
}

Deno.test("textForAll(): each choice comes to what its artifact does", async () => {
  await using made = await MadeLayout.make(tricky);
  const parts = new PoolParts(takeApart((await bundlePool(made.layout, made.pool)).text));
  const all = parts.textForAll(allGenes(made.pool));
  for (const genes of choices) {
    const artifact = agentOf(parts.textFor(made.wiring("a", genes, 0.25)));
    assertEquals(seen(chosenOf(made, all, made.genome(genes, 0.25))), seen(artifact));
  }
});

Deno.test("textForAll() evaluates nothing that no chosen gene needs", async () => {
  await using made = await MadeLayout.make({
    ...smallTemplate,
    "src/late.ts": `class Late extends Early {}
class Early { at = FIRST; }
const __chosen0 = 1, FIRST = LIST[0], LIST = Object.freeze([__chosen0]);
/** @phase act */
export function late(): number { return new Late().at! + FIRST!; }
/** Nothing calls it, so nothing of it is in an artifact either. */
export function uncalled(): number { return new Late().at!; }
`,
  });
  const parts = new PoolParts(takeApart((await bundlePool(made.layout, made.pool)).text));
  const all = parts.textForAll(allGenes(made.pool));
  const silent = made.genome({ "src/walk.ts": ["walk"], "src/late.ts": ["uncalled"] });
  const { wiring } = chosenOf(made, all, silent);
  assertEquals(wiring.active, ["src/late.ts#uncalled", "src/walk.ts#walk"]);
  const active = made.genome({ "src/walk.ts": ["walk"], "src/late.ts": ["late"] });
  assertThrows(() => chosenOf(made, all, active), TypeError);
  assertThrows(() => agentOf(parts.textFor(made.wiring("a", { "src/late.ts": ["late"] }))), TypeError);
});

Deno.test("textFor(): random genomes of the default template live as from bundles of their own", async () => {
  const texts = await Promise.all(["world.ts", ...pool.files.map(({ path }) => path)].map(async (path) => {
    return [path, await Deno.readTextFile(`${projectRoot}/agent_template/${path}`)] as const;
  }));
  await using made = await MadeLayout.make(Object.fromEntries(texts));
  const genomes = Array.from({ length: 12 }, (_, index) => {
    const random = stream(deriveSeed("parts", "genome", index));
    return drawViable(pool, random, [0.3, 0.6, 0.95][index % 3]!, 1000).genome;
  });
  const own = await made.bundled(genomes);
  const cutter = await made.cutter();
  const engines = new Engines({ memoryMiB: 256, polls: 150_000, outputBytes: 4_194_304 });
  for (const [index, genome] of genomes.entries()) {
    const artifact = splitArtifact((await cutter.cut(genome)).program)!;
    const active = activeNames(genome, pool);
    for (const { path, functions } of pool.files) {
      for (const { name } of functions) {
        const declared = new RegExp(`^(function|var) ${name}\\b`, "m").test(artifact.genes);
        assert(!declared || active.has(`${path}#${name}`), `${name} is in an artifact and not active`);
      }
    }
    const worlds = worldsOf("meadow", 1, `parts ${index}`);
    const line = JSON.stringify(requestFor(genome, { seed: deriveSeed("parts", "life", index), worlds }));
    const genes = `"use strict";\n((__evolve) => {\n${own[index]}});\n`;
    const replies = await Promise.all([artifact, { ...artifact, genes }].map((one) => engines.evaluate(one, line)));
    assert("reply" in replies[0]! && JSON.parse(replies[0].reply).evidence.length === 1, JSON.stringify(replies[0]));
    assertEquals(replies[0], replies[1]);
  }
});

Deno.test("PoolParts throws for a bundle that does anything but declare", () => {
  const call = '__evolve({ genes: [{ name: "src/a.ts#f", phase: "act", run: f }], world: { act: f } });';
  assertStringIncludes(
    new PoolParts(takeApart(`function f() {}\n${call}`)).textFor({ called: [], body: "return 1;\n" }),
    "function f() {}",
  );
  const odd = [
    `function f() {}\nf();\n${call}`,
    `function f() {}\nif (f) f();\n${call}`,
    "function f() {}",
    "evil();",
    "",
  ];
  for (const bundle of odd) {
    assertThrows(() => new PoolParts(takeApart(bundle)), StepFailed, "take the bundle of the pool apart");
  }
});
