import { assert, assertEquals, assertLess } from "@std/assert";
import type { ArtifactReference, EvaluationRequest } from "../../lib/isolation/request.ts";
import { good } from "../../lib/util/issue.ts";
import { Launcher } from "../../lib/isolation/launcher.ts";
import type { ProcessLimits } from "../../lib/isolation/limits.ts";
import type { Failure } from "../../lib/isolation/outcome.ts";
import { WasmIsolation } from "../../lib/isolation/wasm/wasm.ts";

const limits = { memoryMiB: 32, cpuSeconds: 1, wallSeconds: 20, outputKiB: 64, descriptors: 64 };
const launcher = await Launcher.find(limits);
const token = "0".repeat(32);

/** Evaluations programs written by hand, one after the other, that can do what no gene can; with one host. */
async function evaluated(programs: readonly string[], changed: Partial<typeof limits> = {}) {
  const folder = await Deno.makeTempDir({ prefix: "evolve-wasm-" });
  await using isolation = isolationOf({ ...limits, ...changed });
  try {
    const told = [];
    for (const [index, program] of programs.entries()) {
      const artifact = `${folder}/${index}.js`;
      await Deno.writeTextFile(artifact, program);
      told.push(await isolation.evaluate(requestFor(artifact)));
    }
    return told;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Programs are named by where they lie. */
function isolationOf(limits: ProcessLimits): WasmIsolation {
  const programs = { prove: ({ artifact }: ArtifactReference) => Promise.resolve(good(artifact)) };
  return new WasmIsolation({ programs, launcher, limits, capacity: 3 });
}

function requestFor(artifact: string): EvaluationRequest {
  return {
    id: artifact,
    kind: "judged",
    cycle: 1,
    artifact: { artifact, genome: "", bytes: new Uint8Array() },
    own: JSON.stringify({ token }),
    common: '"worlds":[],"pool":{}',
    expected: { token, episodes: 1, addresses: 0, genomeBytes: 1000 },
    limits,
    steps: 600,
    verified: false,
    alone: false,
  };
}

/** A program that runs a body and replies with the numbers in `found`. */
function replying(body: string): string {
  return `globalThis.__evaluate = (line) => {
    const { token } = JSON.parse(line), found = [];
    ${body}
    return JSON.stringify({ version: 1, token, evidence: [found], genome: null, memory: [], outbox: [] });
  };`;
}

/** The numbers that programs found. */
async function found(programs: readonly string[]): Promise<(readonly number[])[]> {
  return (await evaluated(programs)).map((told) => {
    assert(told.ok, JSON.stringify(told));
    return told.reply.evidence[0] as readonly number[];
  });
}

/** How programs failed, each of which is run between two honest ones. */
async function failures(programs: readonly string[], changed: Partial<typeof limits> = {}): Promise<Failure[]> {
  const told = await evaluated(programs.flatMap((program) => [replying(""), program]).concat(replying("")), changed);
  return told.flatMap((one, index) => {
    assertEquals(one.ok, index % 2 === 0, JSON.stringify(one));
    return one.ok ? [] : [one.failure];
  });
}

Deno.test("WasmIsolation: an endless loop ends after so many branches, whatever it tries", async () => {
  const ends = [
    "for (;;) found[0] = 1;",
    "for (;;) try { for (;;); } catch { found[0] = 1; } finally { found[0] = 2; }",
  ];
  const message = "It was ended as it used more than 1 s of CPU time.";
  const limit = { name: "cpuSeconds", value: 1, enforcedBy: "engine" } as const;
  const cpu: Failure = { outcome: "cpu", message, limit };
  assertEquals(await failures(ends.map(replying)), [cpu, cpu]);
});

Deno.test("WasmIsolation: an evaluation just below the number of branches finishes, wherever it is run", async () => {
  const count = replying("for (let i = 0; i < 12_480_000; i++);\nfound[0] = 1;");
  const more = replying("for (let i = 0; i < 12_520_000; i++);\nfound[0] = 1;");
  const told = await evaluated([count, more, count, more]);
  assertEquals(told.map(({ ok }) => ok), [true, false, true, false]);
});

Deno.test("WasmIsolation: memory is limited, be it heap, texts or buffers", async () => {
  const bodies = [
    "const all = []; for (;;) all.push(new Array(10_000).fill(all.length));",
    "let text = 'x'; for (;;) text += text + found.length;",
    "const all = []; for (;;) all.push(new Uint8Array(1_000_000).fill(1));",
    "new Float64Array(1e9);",
    "'x'.repeat(2e9);",
  ];
  const told = await failures(bodies.map(replying), { cpuSeconds: 20 });
  assertEquals(told.map(({ outcome, detail }) => [outcome, detail]), bodies.map(() => ["memory", undefined]));
});

Deno.test("WasmIsolation calls may be nested as deeply as in V8, and no deeper than the stack", async () => {
  const [endless] = await failures([replying("const f = (n) => f(n + 1) + 1; f(0);")]);
  assertEquals(endless!.outcome, "stack");
  const deep = "const f = (n) => n === 0 ? 0 : f(n - 1) + 1;\nfound[0] = f(8000);";
  assertEquals(await found([replying(deep)]), [[8000]]);
});

Deno.test("WasmIsolation: a long built-in is ended by the clock, and the next evaluation has a new host", async () => {
  const long = "const a = []; a.length = 4e9; for (let i = 0; i < 100; i++) found[0] = a.indexOf(1);";
  const [told] = await failures([replying(long)], { wallSeconds: 4 });
  assertEquals(told!.outcome, "wall");
});

Deno.test("WasmIsolation: a reply is bounded, and must be one", async () => {
  const replies = ["'x'.repeat(70_000)", "'x'", "undefined", "'{}'", "'null\\n'", "''", "'\\0'"];
  const programs = replies.map((reply) => `globalThis.__evaluate = () => ${reply};`);
  const forged = replying("").replace("token, e", "token: token + 1, e");
  const told = await failures([...programs, forged]);
  assertEquals(told.map(({ outcome }) => outcome), ["output", ...replies.map(() => "protocol")]);
});

Deno.test("WasmIsolation: what throws, or is no program, is a crash that tells what was thrown", async () => {
  const throws = "globalThis.__evaluate = () => { throw new TypeError('no \\u001b[31mluck'); };";
  const importing = `import("data:text/javascript,1"); throw 1;`;
  const [first, ...others] = await failures([throws, "", "{", "throw 1;", "globalThis.__evaluate = 1;", importing]);
  const message = "Its program threw what it did not catch.";
  assertEquals(first, { outcome: "crash", message, detail: "TypeError: no luck" });
  assertEquals(others.map(({ outcome }) => outcome), others.map(() => "crash"));
});

Deno.test("WasmIsolation: a typed error of the runtime is taken over", async () => {
  const detail = { code: "crash", message: "src/a.ts#run threw a TypeError", detail: "x" };
  const error = { version: 1, token, error: detail, evidence: [] };
  const [told] = await failures([`globalThis.__evaluate = () => ${JSON.stringify(JSON.stringify(error))};`]);
  assertEquals(told, { outcome: "crash", message: "src/a.ts#run threw a TypeError.", detail: "x" });
});

Deno.test("WasmIsolation: nothing of an agent is left for the next one", async () => {
  const leaves = `Object.prototype.left = 1; globalThis.left = 1; Array.prototype.push = () => 1; Math.max = () => 7;
    JSON.parse = () => 1; ${
    replying("found[0] = Math.min(1, 2);").replace("JSON.parse(line)", "{ token: " + `"${token}" }`)
  }`;
  const looks = replying(
    "found[found.length] = 'left' in {} || 'left' in globalThis ? 1 : 0; found.push(Math.max(1, 2));",
  );
  assertEquals(await found([looks, leaves, looks, leaves, looks]), [[0, 2], [1], [0, 2], [1], [0, 2]]);
});

Deno.test("WasmIsolation: memory that agents leave does not add up to a limit", async () => {
  const fills = replying("const all = new Uint8Array(24 * 1024 * 1024).fill(1);\nfound[0] = all[all.length - 1];");
  const answers = await found(Array.from({ length: 30 }, () => fills));
  assertEquals(new Set(answers.flat()), new Set([1]));
});

Deno.test("WasmIsolation: there is nothing ambient in an engine", async () => {
  const names = "Deno process require fetch setTimeout console navigator std os performance WebAssembly Worker print " +
    "scriptArgs gc localStorage crypto";
  const asks = replying(`for (const name of ${JSON.stringify(names.split(" "))}) {
    if (typeof globalThis[name] !== "undefined") found.push(1);
  }`);
  assertEquals(await found([asks]), [[]]);
});

Deno.test("WasmIsolation: where a host has ended since, the evaluation is run in another one", async () => {
  const folder = await Deno.makeTempDir({ prefix: "evolve-wasm-" });
  try {
    await using isolation = isolationOf(limits);
    await Deno.writeTextFile(`${folder}/a.js`, replying("found[0] = 1;"));
    assert((await isolation.evaluate(requestFor(`${folder}/a.js`))).ok);
    const [first, ...none] = await hosts();
    assertEquals(none, []);
    await new Deno.Command("kill", { args: ["-KILL", first!] }).output();
    assert((await isolation.evaluate(requestFor(`${folder}/a.js`))).ok);
    const [second] = await hosts();
    assert(second !== undefined && second !== first);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  assertEquals(await hosts(), []);
});

/** Processes that are hosts and children of this one. */
async function hosts(): Promise<string[]> {
  const { stdout } = await new Deno.Command("pgrep", { args: ["-P", `${Deno.pid}`, "-f", "host_main"] }).output();
  return new TextDecoder().decode(stdout).trim().split("\n").filter((pid) => pid !== "");
}

Deno.test("WasmIsolation: evaluations at once have hosts of their own", async () => {
  const folder = await Deno.makeTempDir({ prefix: "evolve-wasm-" });
  try {
    await using isolation = isolationOf(limits);
    await Deno.writeTextFile(`${folder}/a.js`, replying("found[0] = 1;"));
    const ran = await Promise.all(Array.from({ length: 3 }, () => isolation.evaluate(requestFor(`${folder}/a.js`))));
    assert(ran.every(({ ok }) => ok));
    assertEquals((await hosts()).length, 3);
    assertLess(0, ran[0]!.wallMs!);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
