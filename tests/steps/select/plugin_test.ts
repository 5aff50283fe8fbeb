import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { defaultConfig } from "../../../lib/run/config_defaults.ts";
import { projectRoot } from "../../../lib/run/paths.ts";
import { type Issue, Misuse, StepFailed } from "../../../lib/util/issue.ts";
import { fitnessOf } from "../../../lib/steps/select/fitness.ts";
import { plannerOf } from "../../../lib/steps/select/planner.ts";
import { plan } from "../../../lib/selection/core.ts";
import { loadStrategy } from "../../../lib/selection/strategies.ts";
import { candidate, planInput } from "../../selection/made_candidates.ts";
import { made } from "./made_plugin.ts";

const measured = Array.from(
  { length: 2500 },
  (_, i) => ({ id: `a${i}`, score: i, measures: {}, metrics: {}, trials: [] }),
);

interface Outcome {
  readonly values?: readonly (number | string)[];
  readonly issue?: Issue;
  readonly said: readonly string[];
}

/** Judges two results in a process of its own. */
async function judge(body: string, limits = { callSeconds: 60, memoryBytes: 2 ** 29 }): Promise<Outcome> {
  const { path, host } = await made(body);
  const { stdout, stderr, code } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", "tests/steps/select/fixtures/judge.ts", host.root!, path, JSON.stringify(limits)],
    cwd: projectRoot,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  assertEquals([code, text.decode(stderr)], [0, ""], body);
  return JSON.parse(text.decode(stdout));
}

Deno.test("fitnessOf() gives the numbers of a module, in order, over any number of results", async () => {
  const { path, host } = await made("export default ({ score }) => 2 * score;");
  using fitness = await fitnessOf({ ...defaultConfig.fitness, module: path }, host);
  assertEquals(fitness.source, "the module");
  assertEquals(await fitness.of(measured), measured.map(({ score }) => 2 * score));
});

Deno.test("fitnessOf() names what gives the fitness: a sum can be infinite without any module", async () => {
  const { host } = await made("export default 1;");
  using sum = await fitnessOf({ weights: { score: 1e308 }, of: "mean" }, host);
  assertEquals(sum.source, "the weighted sum");
  assertEquals(await sum.of([{ ...measured[0]!, score: 10 }]), [Infinity]);
});

Deno.test("fitnessOf() says what a module gave that is no number", async () => {
  const cases = [
    ['"5"', 'the text "5"'],
    ["undefined", "undefined"],
    ["Promise.resolve(5)", "a promise, as it is asynchronous"],
    ["5n", "a bigint"],
    ["({})", "an object"],
  ];
  const answers = cases.map(([given]) => given).join(", ");
  const { path, host } = await made(`const answers = [${answers}]; export default ({ score }) => answers[score];`);
  using fitness = await fitnessOf({ ...defaultConfig.fitness, module: path }, host);
  assertEquals(await fitness.of(measured.slice(0, 5)), cases.map(([, told]) => told!));
});

Deno.test("plannerOf() says what a strategy is now where a module has the members of before, or lacks some", async () => {
  const cases = [
    [
      "energyRule: false, replacesByRank: true, elites: () => [], parent: (ranked) => ranked[0]",
      "one function select(given)",
    ],
    ["replaces: true, dying: () => []", "one function select(given)"],
    ["select: () => {}", "it lacks brief"],
    ['brief: "", uses: "elites", select: () => {}', "uses, a list of names"],
    ['brief: "", uses: [], energy: true, select: () => {}', "its energy is none of"],
    ["", "it is of type object"],
  ] as const;
  for (const [members, why] of cases) {
    const { path, host } = await made(`export default { ${members} };`);
    const error = await assertRejects(() => plannerOf(path, host), Misuse, why);
    assertEquals([error.issue.code, error.issue.path], ["plugin.export", path]);
  }
});

Deno.test("what a module prints is said under its name, and nothing of it goes to stdout", async () => {
  const { said } = await judge(`
    import nodes, { log, Console } from "node:console";
    import { stdout } from "node:process";
    console.log("at load");
    export default ({ score }) => {
      if (score > 0) return score;
      console.log("logged", { a: 1 });
      console.table([{ b: 2 }]);
      console.dir({ c: 3 });
      console.error("an error");
      Deno.stdout.writeSync(new TextEncoder().encode("bytes\\n"));
      stdout.write("stream\\n");
      log("by name");
      nodes.warn("by default");
      new Console(stdout).log("by a new one");
      return 0;
    };`);
  const all = said.join("\n");
  for (
    const text of [
      "at load",
      "logged { a: 1 }",
      "b",
      "{ c: 3 }",
      "an error",
      "bytes",
      "stream",
      "by name",
      "by default",
      "by a new one",
    ]
  ) {
    assertStringIncludes(all, text);
  }
  assert(said.every((line) => line.startsWith("plugins/made.ts: ")), all);
});

Deno.test("a module can't write to a descriptor of its step, which has the records on one", async () => {
  const cases = [
    "fs.writeSync(1, 'past')",
    "writeSync(1, 'past')",
    "fs.writeFileSync(1, 'past')",
    "fs.appendFileSync(1, 'past')",
    "fs.writevSync(1, [new Uint8Array(3)])",
    "fs.write(1, 'past', () => {})",
    "fs.createWriteStream('', { fd: 1 }).write('past')",
    "new fs.WriteStream('', { fd: 1 }).write('past')",
    "fs.closeSync(1)",
    "process.getBuiltinModule('fs').writeSync(1, 'past')",
    "process.getBuiltinModule('node:fs').writeSync(1, 'past')",
    "createRequire(import.meta.url)('fs').writeSync(1, 'past')",
    "new net.Socket({ fd: 1 }).write('past')",
    "new tty.WriteStream(1).write('past')",
    "Deno[Deno.internal].core.print('past')",
  ];
  const acts = cases.map((act) => `() => { ${act}; }`).join(", ");
  const { values, said } = await judge(`
    import fs, { writeSync } from "node:fs"; import net from "node:net"; import tty from "node:tty";
    import process from "node:process"; import { createRequire } from "node:module";
    const threw = [${acts}].map((act) => { try { act(); return false; } catch { return true; } });
    console.log(threw.join(" "));
    Object.getPrototypeOf(Deno.stdout).writeSync.call(Deno.stdout, new TextEncoder().encode("by prototype"));
    process.getBuiltinModule("console").log("by builtin");
    createRequire(import.meta.url)("console").log("by require");
    process._rawDebug("raw");
    export default () => 1;`);
  assertEquals(values, [1, 1]);
  assertEquals(said[0], `plugins/made.ts: ${cases.map(() => true).join(" ")}`);
  for (const text of ["by prototype", "by builtin", "by require", "raw"]) {
    assert(said.includes(`plugins/made.ts: ${text}`), `${text}: ${said}`);
  }
});

Deno.test("a module that ends, hangs, fills memory, or fails aside is an error that names it", async () => {
  const cases = [
    ["Deno.exit(0)", "plugin.ended"],
    ["self.close()", "plugin.ended"],
    ["process.exit(0)", "plugin.ended"],
    ["exit(0)", "plugin.ended"],
    ["process.kill(process.pid, 'SIGKILL')", "plugin.ended"],
    ["for (;;);", "plugin.timeout"],
    ["Promise.reject(new Error('aside'))", "plugin.threw"],
    ["throw new Error('straight')", "plugin.threw"],
    ["const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1))", "plugin.memory"],
  ] as const;
  for (const [act, code] of cases) {
    const limits = { callSeconds: code === "plugin.timeout" ? 1 : 60, memoryBytes: 2 ** 28 };
    const body = `import process, { exit } from "node:process"; export default () => { ${act}; return 1; };`;
    const { issue } = await judge(body, limits);
    assertEquals([issue?.code, issue?.path], [code, "plugins/made.ts"], act);
    assertStringIncludes(issue!.message, "plugins/made.ts");
  }
});

Deno.test("an error that a module throws after its call is its own, in the same call or in the next", async () => {
  const late = (ms: number) => `setTimeout(() => { throw new Error("late"); }, ${ms});`;
  for (
    const body of [
      late(0),
      "queueMicrotask(() => { throw new Error('late'); });",
      "process.nextTick(() => { throw new Error('late'); });",
    ]
  ) {
    const { issue, values } = await judge(
      `import process from "node:process"; export default () => { ${body} return 1; };`,
    );
    assertEquals([issue?.code, values], ["plugin.threw", undefined], body);
    assertStringIncludes(issue!.message, "late");
  }
  const { path, host } = await made(`export default () => { ${late(20)} return 1; };`);
  using fitness = await fitnessOf({ ...defaultConfig.fitness, module: path }, host);
  assertEquals(await fitness.of(measured.slice(0, 1)), [1]);
  // Asked again and again until the error has come.
  const error = await assertRejects(async () => {
    for (;;) await fitness.of(measured.slice(0, 1));
  }, StepFailed);
  assertEquals(error.issue.code, "plugin.threw");
  assertStringIncludes(error.message, "late");
});

Deno.test("a module has no Worker of its own, which would print past the step", async () => {
  const print = "data:text/javascript,console.log('past')";
  const cases = [
    `new Worker("${print}", { type: "module" })`,
    `new globalThis.Worker("${print}", { type: "module" })`,
    `new self.Worker("${print}", { type: "module" })`,
    `new Worker_("console.log('past')", { eval: true })`,
    `new threads.Worker("console.log('past')", { eval: true })`,
    `new (process.getBuiltinModule("worker_threads").Worker)("console.log('past')", { eval: true })`,
  ];
  for (const act of cases) {
    const { issue } = await judge(
      `import threads, { Worker as Worker_ } from "node:worker_threads"; import process from "node:process";
      export default () => { ${act}; return 1; };`,
    );
    assertEquals(issue?.code, "plugin.threw", act);
  }
});

Deno.test("a module that can't be loaded is an error that names it, whatever it does at load", async () => {
  const cases = [
    ["throw new Error('at load');", "plugin.load"],
    ["export default 5 5;", "plugin.load"],
    ['import "./gone.ts"; export default () => 1;', "plugin.load"],
    ["Deno.exit(0);", "plugin.ended"],
    ["for (;;);", "plugin.timeout"],
    ["await new Promise(() => {});", "plugin.timeout"],
  ] as const;
  for (const [body, code] of cases) {
    const limits = { callSeconds: code === "plugin.timeout" ? 1 : 60, memoryBytes: 2 ** 30 };
    const { issue } = await judge(body, limits);
    assertEquals([issue?.code, issue?.path], [code, "plugins/made.ts"], body);
    assertStringIncludes(issue!.message, "plugins/made.ts");
  }
});

Deno.test("a module that imports by a path of before finds what has moved from there", async () => {
  const former = JSON.stringify(new URL("../../../lib/select/strategy.ts", import.meta.url));
  const { values } = await judge(
    `import { pick } from ${former}; export default () => typeof pick === "function" ? 1 : 0;`,
  );
  assertEquals(values, [1, 1]);
});

Deno.test("a module may read plugins/ and nothing else", async () => {
  const tries = [
    "Deno.readTextFileSync('/etc/hostname')",
    "Deno.readTextFileSync(new URL('../outside', import.meta.url))",
    "Deno.writeTextFileSync(new URL('./new', import.meta.url), '')",
    "Deno.env.get('HOME')",
    "new Deno.Command('true').outputSync()",
    "Deno.listen({ port: 0 })",
  ];
  for (const act of tries) {
    const { issue } = await judge(`export default () => { ${act}; return 1; };`);
    assertStringIncludes(issue!.message, "Requires");
  }
  const { values } = await judge("export default () => Deno.readTextFileSync(new URL(import.meta.url)).length;");
  assert(Number(values![0]) > 0);
});

const input = planInput(Array.from({ length: 12 }, (_, i) => candidate(i)));

async function planned(body: string) {
  const { path, host } = await made(body);
  using planner = await plannerOf(path, host);
  return await planner.plan(input);
}

Deno.test("plannerOf() makes the same plan by a strategy in plugins/ as by the shipped one that it hands on", async () => {
  const shipped = new URL("../../../lib/selection/strategies/truncation-tournament.ts", import.meta.url).href;
  const made = await planned(`export { default } from "${shipped}";`);
  assertEquals(made, plan(input, await loadStrategy("truncation-tournament")));
  assert(made.deaths.length > 0 && made.births.length > 0);
});

Deno.test("plannerOf() refuses what a strategy was not given, and says which module decided it", async () => {
  const own = (answer: string) => `export default { brief: "", uses: [], select: (given) => (${answer}) };`;
  const births = (await planned(own(
    "{ deaths: [{ id: 'agent-0', reason: '' }], births: [{ kind: 'copy', parents: ['agent-1'], island: 0, age: 0 }], archive: [given.living[2]] }",
  ))).births;
  assertEquals(births.map(({ parents }) => parents[0]!.id), ["agent-1"]);
  for (const answer of ["undefined", "{}", "{ deaths: [{ id: 'x', reason: '' }], births: [], archive: [] }"]) {
    const error = await assertRejects(() => planned(own(answer)), StepFailed, "the module plugins/made.ts must give");
    assertEquals(error.issue.code, "plugin.answer", answer);
  }
  const error = await assertRejects(() => planned(own("given.nothing.at")), StepFailed);
  assertEquals(error.issue.code, "plugin.threw");
});
