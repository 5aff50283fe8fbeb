import { readyLine } from "../../lib/runtime/ready.ts";
import { assert, assertEquals } from "@std/assert";
import { type Carried, joinArtifact } from "../../lib/isolation/artifact.ts";
import { bundleCarrier } from "../../lib/toolchain/carrier.ts";
import { launch } from "../../lib/isolation/launch.ts";
import { Launcher } from "../../lib/isolation/launcher.ts";
import { LineClient } from "../../lib/isolation/line_client.ts";
import { Engines } from "../../lib/isolation/wasm/engines.ts";
import type {
  AgentError,
  AgentReply,
  AgentRequest,
  HostedRequest,
  JudgeReply,
  JudgeRequest,
} from "../../lib/runtime/contract.ts";
import { madeGenome, madeRequest } from "./made_agent.ts";

const limits = { memoryMiB: 256, cpuSeconds: 30, wallSeconds: 60, outputKiB: 64, descriptors: 64 };
const launcher = await Launcher.find(limits);
const settings = {
  memoryMiB: limits.memoryMiB,
  polls: 150_000,
  outputBytes: limits.outputKiB * 1024,
  ready: readyLine,
};
const [walk, walking] = await Promise.all(
  ["walk.js", "walking_genes.js"].map((name) => Deno.readTextFile(`${import.meta.dirname}/fixtures/${name}`)),
);

/** The walk before a program, which takes what it needs before the program hardens the realm. */
async function walkingProgram(carried: Carried, hands: string): Promise<string> {
  return `${walk}\n${joinArtifact(carried, await bundleCarrier(carried), `${walking}\n__evolve(${hands});\n`)}`;
}

const agent = `{ wiring: { phases: Object.fromEntries(genes.map((gene) => [gene.phase, [gene]])),
  active: genes.map(({ name }) => name) }, world }`;

const judged = madeRequest({
  addresses: 2,
  inbox: [{ from: 1, body: [1, 2] }],
  past: { scores: [1, 2], present: [2], bestScore: 2, best: madeGenome(0.5) },
});
const short = { ...judged, worlds: judged.worlds.map((world) => ({ ...world, steps: 2 })) };
const gestation: AgentRequest = { ...short, kind: "gestation", worlds: [], mates: [madeGenome(0.1), madeGenome(0.2)] };

function assertClosed(line: string, episodes: number): void {
  const reply: AgentReply | AgentError = JSON.parse(line);
  assert(!("error" in reply), "error" in reply ? reply.error.detail : "");
  assertEquals(reply.evidence.length, episodes);
}

Deno.test("what genes are handed is closed where it outlives an episode, in V8", async () => {
  await using file = await placed(await walkingProgram("agent", agent));
  const options = { wallMs: limits.wallSeconds * 1000, outputBytes: limits.outputKiB * 1024, ready: readyLine };
  const input = new TextEncoder().encode(`${JSON.stringify(short)}\n`);
  const { stdout, stderr } = await launch(launcher.sandboxed(file.path, limits, 0), input, options);
  assertClosed(new TextDecoder().decode(stdout) || new TextDecoder().decode(stderr), 2);
});

Deno.test("what genes are handed is closed where it outlives an episode, in QuickJS", async () => {
  const engines = new Engines(settings);
  const answer = await engines.evaluate({ genes: await walkingProgram("agent", agent) }, JSON.stringify(short));
  assertClosed("reply" in answer ? answer.reply : answer.words, 2);
});

Deno.test("what genes are handed is closed where agents share a process", async () => {
  await using file = await placed(await walkingProgram("pool", "{ genes, world }"));
  const command = launcher.sandboxed(file.path, limits, Number.POSITIVE_INFINITY);
  const sharedInputs = JSON.stringify({ pool: short.pool, worlds: short.worlds });
  await using host = new LineClient(command, {
    first: sharedInputs,
    timeoutMs: 60_000,
    answerLength: 100_000,
    attempts: 1,
  });
  for (const { pool: _pool, worlds, ...own } of [gestation, short, gestation, short]) {
    const request: HostedRequest = { ...own, chosen: { active: [0, 1, 2], parameters: [[0.5], []] } };
    const { line } = await host.ask(JSON.stringify(request));
    assertClosed(line!, worlds.length);
  }
});

Deno.test("what worlds are handed is closed in the judge", async () => {
  await using file = await placed(await walkingProgram("judge", "world"));
  const command = launcher.sandboxed(file.path, limits, Number.POSITIVE_INFINITY);
  await using host = new LineClient(command, { timeoutMs: 60_000, answerLength: 100_000, attempts: 1 });
  for (let i = 0; i < 2; i++) {
    const request: JudgeRequest = { token: "", worlds: short.worlds, genes: 1, evidence: [[0, 1], [1, 0]] };
    const { line } = await host.ask(JSON.stringify(request));
    const reply: JudgeReply = JSON.parse(line!);
    assert(reply.ok, reply.ok ? "" : reply.message);
    // It had much to look at.
    assert(reply.judgements.every(({ score }) => score > 300));
  }
});

Deno.test("what genes are handed is closed in an engine that holds the genes of a pool", async () => {
  const program = await walkingProgram("pool", "{ genes, world }");
  const sharedInputs = JSON.stringify({ pool: short.pool, worlds: short.worlds });
  const engines = new Engines({ ...settings, pool: { program, sharedInputs } });
  for (const { pool: _pool, worlds, ...own } of [gestation, short]) {
    const request: HostedRequest = { ...own, chosen: { active: [0, 1, 2], parameters: [[0.5], []] } };
    const answer = await engines.evaluateByPool(JSON.stringify(request));
    assertClosed("reply" in answer ? answer.reply : answer.words, worlds.length);
  }
});

async function placed(program: string): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await Deno.makeTempDir({ prefix: "evolve-realm-" });
  await Deno.writeTextFile(`${folder}/program.js`, program);
  return {
    path: `${folder}/program.js`,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
