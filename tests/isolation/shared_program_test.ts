import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { joinArtifact } from "../../lib/isolation/artifact.ts";
import { bundleCarrier } from "../../lib/toolchain/carrier.ts";
import { Launcher } from "../../lib/isolation/launcher.ts";
import { LineClient } from "../../lib/isolation/line_client.ts";
import type { EvaluationRequest } from "../../lib/isolation/request.ts";
import { bad } from "../../lib/util/issue.ts";
import { WasmIsolation } from "../../lib/isolation/wasm/wasm.ts";
import type { AgentReply, HostedRequest } from "../../lib/runtime/contract.ts";
import { madeRequest } from "../runtime/made_agent.ts";

const limits = { memoryMiB: 64, cpuSeconds: 20, wallSeconds: 20, outputKiB: 64, descriptors: 64 };
const launcher = await Launcher.find(limits);

/** Ways of leaving something behind, each with a look whether it is there: past any audit. */
const traces: Readonly<Record<string, readonly [leave: string, look: string]>> = {
  variable: ["kept = 1", "kept === 1"],
  list: ["list.push(1)", "list.length > 0"],
  bytes: ["bytes[0] = 7", "bytes[0] === 7"],
  expression: ['expression.test("aa")', "expression.lastIndex > 0"],
  function: ["helper.left = 1", "helper.left === 1"],
  class: ["Kept.left = 1", "Kept.left === 1"],
  prototype: ["Kept.prototype.left = 1", "new Kept().left === 1"],
  objects: ["Object.prototype.left = 1", "({}).left === 1"],
  arrays: ["Array.prototype.left = 1", "[].left === 1"],
  method: ["Array.prototype.map = () => 1", "[2].map((x) => x) === 1"],
  functions: ["Function.prototype.left = 1", "helper.left === 1"],
  mathematics: ["Math.max = () => 99", "Math.max(1, 2) === 99"],
  json: ["JSON.left = 1", "JSON.left === 1"],
  globals: ["globalThis.left = 1", "globalThis.left === 1"],
  symbols: ["globalThis[Symbol.for('left')] = 1", "globalThis[Symbol.for('left')] === 1"],
  context: ["Object.getPrototypeOf(context).left = 1", "context.left === 1"],
  genome: ["Object.getPrototypeOf(context.genome).left = 1", "context.genome.left === 1"],
  ranges: ["context.genome.parameters('src/a.ts')[0].left = 1", "context.genome.parameters('src/a.ts')[0].left === 1"],
  files: ["context.genome.files().push('left')", "context.genome.files().includes('left')"],
  perception: ["Object.getPrototypeOf(context.perception).left = 1", "context.perception.left === 1"],
  parameters: ["context.parameters.left = 1", "context.parameters.left === 1"],
  memory: ["context.remember('left', 1)", "context.recall('left') === 1"],
  signal: ["context.emit('left', 1)", "context.signal('left') === 1"],
  world: ["world.left = 1; world.actions.push('left')", "world.left === 1 || world.actions.length > 2"],
  worlds: ["settings.left = 1", "settings.left === 1"],
  errors: ["Error.prototype.left = 1; Error.stackTraceLimit = 3", "new Error().left === 1"],
  methods: ["context.random.left = 1", "context.random.left === 1"],
  views: ["context.genome.files.left = 1", "context.genome.files.left === 1"],
  editors: ["context.genome.copy.left = 1", "context.genome.copy.left === 1"],
  getters: [
    'Object.getOwnPropertyDescriptor(Object.getPrototypeOf(context), "step").get.left = 1',
    'Object.getOwnPropertyDescriptor(Object.getPrototypeOf(context), "step").get.left === 1',
  ],
  stacks: [
    'Object.getOwnPropertyDescriptor(new Error(), "stack").get.left = 1',
    'Object.getOwnPropertyDescriptor(new Error(), "stack").get.left === 1',
  ],
  iterators: ["Object.getPrototypeOf([].values()).next = 1", "Object.getPrototypeOf([].values()).next === 1"],
};
const names = Object.keys(traces);

/** Gene 0 leaves all traces and says which it left; gene 1 says which it finds. */
const genes = `
let kept = 0; const list = [], bytes = new Uint8Array(8), expression = /a/g; function helper() {} class Kept {}
const world = { actions: ["stay", "go"], phases: ["act"], steps: ${names.length}, episodes: 2, noisy: false,
  memory: "episode", environments: { plain: {} } };
let settings = {};
const leave = [${names.map((name) => `(context) => { ${traces[name]![0]}; }`)}];
const look = [${names.map((name) => `(context) => ${traces[name]![1]}`)}];
const can = (act) => { try { return act() === true; } catch { return false; } };
const leaves = (context) => { can(() => leave[context.step](context)); return can(() => look[context.step](context)) ? 1 : 0; };
const finds = (context) => can(() => look[context.step](context)) ? 1 : 0;
__evolve({
  genes: [{ name: "src/a.ts#leaves", phase: "act", run: leaves }, { name: "src/b.ts#finds", phase: "act", run: finds }],
  world: { world, begin: (setup) => { settings = setup.environment; return {}; }, perceive: () => ({ a: 1 }),
    act: () => 0, finished: () => false, judge: () => ({ score: 0, measures: {} }) },
});
`;

Deno.test("the program of a pool: nothing that one agent leaves is found by the next", async () => {
  const folder = await Deno.makeTempDir({ prefix: "evolve-shared-" });
  try {
    await Deno.writeTextFile(`${folder}/pool.js`, joinArtifact("pool", await bundleCarrier("pool"), genes));
    const command = launcher.sandboxed(`${folder}/pool.js`, limits, Number.POSITIVE_INFINITY);
    const { pool, worlds, ...own } = madeRequest({ addresses: 2 });
    const sharedInputs = JSON.stringify({ pool, worlds: worlds.map((world) => ({ ...world, steps: names.length })) });
    await using host = new LineClient(command, {
      first: sharedInputs,
      timeoutMs: 20_000,
      answerLength: 100_000,
      attempts: 1,
    });
    const evaluations = async (gene: number) => {
      const request: HostedRequest = { ...own, chosen: { active: [gene], parameters: [[0.5], []] } };
      const { line } = await host.ask(JSON.stringify(request));
      return (JSON.parse(line!) as AgentReply).evidence;
    };
    const alone = await evaluations(1);
    assertEquals(alone, [names.map(() => 0), names.map(() => 0)]);
    const left = await evaluations(0);
    // What lasts for an episode was really left, and neither lasts for the next episode of the same agent.
    for (const name of ["variable", "list", "bytes", "expression", "function", "class", "memory", "signal"]) {
      assertEquals([name, left[0]![names.indexOf(name)]], [name, 1]);
    }
    assertEquals(left[1], left[0]);
    // What all share could not even be changed.
    for (
      const name of [
        "objects",
        "method",
        "mathematics",
        "globals",
        "context",
        "ranges",
        "files",
        "iterators",
        "methods",
        "views",
        "editors",
        "getters",
        "stacks",
      ]
    ) {
      assertEquals([name, left[0]![names.indexOf(name)]], [name, 0]);
    }
    for (let i = 0; i < 3; i++) assertEquals(await evaluations(1), alone);
    assert(host.busy === 0);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the program of a pool: nor is it in an engine, which is each evaluation's own", async () => {
  const folder = await Deno.makeTempDir({ prefix: "evolve-shared-" });
  try {
    const path = `${folder}/pool.js`;
    await Deno.writeTextFile(path, joinArtifact("pool", await bundleCarrier("pool"), genes));
    const { pool, worlds, ...own } = madeRequest({ addresses: 2 });
    const sharedInputs = JSON.stringify({ pool, worlds: worlds.map((world) => ({ ...world, steps: names.length })) });
    const programs = { prove: () => Promise.resolve(bad("artifact.missing", "There is none.")) };
    await using isolation = new WasmIsolation({
      programs,
      launcher,
      limits,
      capacity: 1,
      pool: { path, sharedInputs },
    });
    const request: EvaluationRequest = {
      id: "a1",
      kind: "judged",
      cycle: 1,
      artifact: { artifact: "", genome: "", bytes: new Uint8Array() },
      own: JSON.stringify(own),
      common: "",
      expected: { token: own.token, episodes: worlds.length, addresses: 2, genomeBytes: 10_000 },
      limits,
      steps: 1000,
      verified: false,
      alone: false,
    };
    const evaluations = async (gene: number) => {
      const chosen: HostedRequest["chosen"] = { active: [gene], parameters: [[0.5], []] };
      const result = await isolation.evaluate({ ...request, chosen: JSON.stringify(chosen) });
      return result.ok ? result.reply.evidence : result.failure;
    };
    const none = worlds.map(() => names.map(() => 0));
    assertEquals(await evaluations(1), none);
    assertNotEquals(await evaluations(0), none);
    assertEquals(await evaluations(1), none);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
