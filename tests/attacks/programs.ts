/**
 * Attacks by replies: a program in place of an agent that writes what it likes, past audit, bundle and runtime.
 *
 * @module
 */

import { joinArtifact } from "../../lib/isolation/artifact.ts";
import { bundleCarrier } from "../../lib/toolchain/carrier.ts";
import { readyLine } from "../../lib/runtime/ready.ts";
import { classify, type ReplyOrFailure } from "../../lib/isolation/classify.ts";
import { deriveSeed } from "../../lib/runtime/random.ts";
import { Judge } from "../../lib/isolation/judge.ts";
import { madeRequest } from "../runtime/made_agent.ts";
import type { Attack, Expectation, Observed } from "./attack.ts";
import { launcher, limits, placed, run } from "./sandbox.ts";

/** An attack by a reply. */
export interface ProgramAttack {
  readonly goal: string;
  readonly way: string;
  /**
   * What the program does once it has read its `request` and put together an honest `reply`: it has `say` to write a
   * value as a line and `write` to write a text. An honest reply is worth 5.
   */
  readonly program: string;
  /**
   * The world that it is judged in: `line`, or `box`, whose action is two numbers from 0 to 1, and in which an honest reply
   * (`half` twice a step, in six steps) is worth 6. There `doubles(…)` makes evidence of numbers. @default "line"
   */
  readonly world?: World;
  /** Whether what it wrote is taken for a reply, or for a typed error. */
  readonly decoding?: Expectation;
  /** What the judge makes of the evidence. */
  readonly judge?: Expectation;
  /** How its evaluation ends. */
  readonly evaluations: Expectation;
  /** Whether the attack reached its goal. @default its evaluation counts as finished */
  readonly succeeded?: (evaluated: PreparedRequest) => boolean;
}

/** How the evaluation of a program ended. */
export interface PreparedRequest {
  readonly told: ReplyOrFailure;
  /** The mean score, where the judge gave one. */
  readonly score: number | undefined;
  /** Why the judge refused. */
  readonly refusal: string | undefined;
}

/** An attack by a reply, tried on what reads replies, on the judge, and on both in the process of an agent. */
export function programAttack(attack: ProgramAttack): Attack {
  const { goal, way, decoding, judge, evaluations } = attack;
  const evaluated = once(() => evaluate(attack.program, attack.world ?? "line"));
  const finished = ({ told, score }: PreparedRequest) => told.ok && score !== undefined;
  return {
    goal,
    way,
    alone: {
      ...(decoding && { decoding: { ...decoding, run: async () => readAs((await evaluated()).told) } }),
      ...(judge && { judge: { ...judge, run: async () => judgedAs(await evaluated()) } }),
    },
    shipped: {
      ...evaluations,
      run: async () => {
        const end = await evaluated();
        const { how } = end.told.ok ? judgedAs(end) : readAs(end.told);
        return { succeeded: (attack.succeeded ?? finished)(end), how };
      },
    },
  };
}

const steps = 6;
const worlds = [0, 1].map((episode) => ({
  seed: deriveSeed("attacks", "world", episode),
  layout: deriveSeed("attacks", "layout"),
  environment: {},
  steps,
}));
const request = madeRequest({ worlds, addresses: 2 });
const line = `${JSON.stringify(request)}\n`;

type World = "line" | "box";

const worldTexts: Readonly<Record<World, string>> = {
  // Whoever goes is paid; after five paid steps the episode is over.
  line: `const world = {
  world: { actions: ["stay", "go"], phases: ["act"], steps: ${steps}, episodes: 2, noisy: false, memory: "episode",
    environments: { plain: {} } },
  begin: () => ({ gone: 0 }),
  perceive: ({ gone }) => ({ gone }),
  act: (state, action) => { state.gone += action; return action; },
  finished: ({ gone }) => gone >= 5,
  judge: ({ gone }) => ({ score: gone, measures: {} }),
};
__evolve(world);
`,
  // Whoever gives large numbers is paid.
  box: `const world = {
  world: { action: { space: "box", length: 2, low: 0, high: 1 }, phases: ["act"], steps: ${steps}, episodes: 2,
    noisy: false, memory: "episode", environments: { plain: {} } },
  begin: () => ({ sum: 0 }),
  perceive: ({ sum }) => ({ sum }),
  act: (state, [x, y]) => { state.sum += x + y; return x + y; },
  finished: () => false,
  judge: ({ sum }) => ({ score: sum, measures: {} }),
};
__evolve(world);
`,
};

const prelude = `
Deno.stdout.writeSync(new TextEncoder().encode("ready\\n"));
const chunks = [], buffer = new Uint8Array(65536);
let text = "";
const decoder = new TextDecoder();
for (let n; (n = Deno.stdin.readSync(buffer)) !== null;) text += decoder.decode(buffer.subarray(0, n), { stream: true });
const request = JSON.parse(text);
const bytes = (all) => { for (let left = all; left.length > 0;) left = left.subarray(Deno.stdout.writeSync(left)); };
const write = (text) => bytes(new TextEncoder().encode(text));
const say = (value) => write(JSON.stringify(value) + "\\n");
const reply = { version: 1, token: request.token, evidence: request.worlds.map(() => [1, 1, 1, 1, 1]), genome: null,
  memory: [], outbox: [] };
const doubles = (...numbers) => new Uint8Array(Float64Array.from(numbers).buffer).toBase64();
const half = () => Array(12).fill(0.5);
`;

async function evaluate(program: string, world: World): Promise<PreparedRequest> {
  const honest = world === "box" ? "reply.evidence = request.worlds.map(() => doubles(...half()));\n" : "";
  const path = placed(`${prelude}${honest}${program}`);
  const end = await run(launcher.sandboxed(path, limits, 0), line, undefined, readyLine);
  const expected = { token: request.token, episodes: worlds.length, addresses: 2, genomeBytes: 64 * 1024 };
  const told = classify(end, expected, limits);
  if (!told.ok) return { told, score: undefined, refusal: undefined };
  await using judge = new Judge(launcher.sandboxed(await judgePrograms[world](), limits, 0), { timeoutMs: 5000 });
  const verdict = await judge.judge({
    token: "t",
    episodes: worlds.length,
    genes: 1,
    worlds: JSON.stringify(worlds),
    evidence: JSON.stringify(told.reply.evidence),
  });
  if (!verdict.ok) return { told, score: undefined, refusal: verdict.message };
  const scores = verdict.judgements.map(({ score }) => score);
  return { told, score: scores.reduce((sum, score) => sum + score, 0) / scores.length, refusal: undefined };
}

const judgePrograms = { line: once(() => judgeProgram("line")), box: once(() => judgeProgram("box")) };

async function judgeProgram(world: World): Promise<string> {
  return placed(joinArtifact("judge", await bundleCarrier("judge"), worldTexts[world]));
}

function readAs(told: ReplyOrFailure): Observed {
  if (told.ok) return { succeeded: true, how: "taken for a reply" };
  return { succeeded: false, how: `${told.failure.outcome}: ${told.failure.message} ${told.failure.detail ?? ""}` };
}

function judgedAs({ score, refusal }: PreparedRequest): Observed {
  return { succeeded: score !== undefined, how: refusal === undefined ? `score ${score}` : `refused: ${refusal}` };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}
