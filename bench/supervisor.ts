/**
 * What the supervisor's own process takes for an evaluation: its loop with all replies at hand, and all verdicts at hand or a real
 * judge beside it. Writes a table to stdout.
 *
 * `deno run -A bench/supervisor.ts [--agents N] [--passes N] [--profile FILE]`; the profile is of the last pass with verdicts
 * at hand, as V8 writes them (`.cpuprofile`).
 *
 * @module
 */

import { Session } from "node:inspector";
import { cpuUsage } from "node:process";
import { Listing } from "../lib/db/listing.ts";
import type { Judge } from "../lib/isolation/judge.ts";
import type { Isolation, RunResult } from "../lib/isolation/isolation.ts";
import { readReplyLine } from "../lib/isolation/reply.ts";
import { runPaths } from "../lib/run/paths.ts";
import type { JudgeReply } from "../lib/runtime/contract.ts";
import type { StepContext } from "../lib/step/context.ts";
import { Stages } from "../lib/step/stages.ts";
import { renewConditions } from "../lib/steps/supervise/conditions.ts";
import { dueJudged } from "../lib/steps/supervise/due.ts";
import { withEvaluators } from "../lib/steps/supervise/evaluators.ts";
import { EvaluationLoop, type Evaluators } from "../lib/steps/supervise/loop.ts";
import { readFacts } from "../lib/steps/supervise/run_facts.ts";
import { Tally } from "../lib/steps/supervise/tally.ts";
import { runQuietly } from "./run_quietly.ts";

const value = (flag: string, other: string) =>
  Deno.args.includes(flag) ? Deno.args[Deno.args.indexOf(flag) + 1]! : other;
const agents = Number(value("--agents", "4000"));
const passes = Number(value("--passes", "5"));
const profile = value("--profile", "");

const paths = runPaths(`bench-${crypto.randomUUID().slice(0, 8)}`);

/** Replies as lines, and verdicts as JSON, by token. */
const replies = new Map<string, { readonly line: string; readonly wallMs: number }>();
const verdicts = new Map<string, string>();

await Deno.mkdir(paths.workspace, { recursive: true });
try {
  await Deno.writeTextFile(paths.config, "{}");
  await step("init", "--count", String(agents), "--seed", "7");
  for (const one of ["scan", "sync-wiring", "build"]) await step(one);
  const due = await Deno.readFile(paths.listing);
  await pass(due, recording);
  console.log("| verdicts | evaluations a second | wall time of one | CPU time of one |\n|---|---|---|---|");
  for (const [name, given] of [["at hand", atHand], ["by a judge beside", judged]] as const) {
    const all: Measured[] = [];
    for (let i = 1; i <= passes; i++) {
      const isProfiled = profile !== "" && name === "at hand" && i === passes;
      all.push(await (isProfiled ? profiled(() => pass(due, given)) : pass(due, given)));
    }
    const best = all.reduce((least, one) => one.cpuUs < least.cpuUs ? one : least);
    const { wallUs, cpuUs } = best;
    console.log(`| ${name} | ${Math.round(1e6 / wallUs)} | ${Math.round(wallUs)} µs | ${Math.round(cpuUs)} µs |`);
  }
} finally {
  await Deno.remove(paths.root, { recursive: true });
}
Deno.exit(0);

interface Measured {
  readonly wallUs: number;
  readonly cpuUs: number;
}

/** Evaluates all that is due in the listing as it was; the times are of one evaluation. */
async function pass(due: Uint8Array, given: (evaluators: Evaluators) => Evaluators): Promise<Measured> {
  for (const end of ["-wal", "-shm"]) await Deno.remove(paths.listing + end).catch(() => {});
  await Deno.writeFile(paths.listing, due);
  using listing = Listing.open(paths.listing);
  const facts = await readFacts(listing, paths);
  renewConditions(listing, facts.conditions);
  const all = dueJudged(listing, facts.due);
  const stages = new Stages();
  const context = {
    paths,
    stages,
    signal: new AbortController().signal,
    emit: (record: unknown) => void JSON.stringify(record),
    progress: () => {},
    log: { warn: console.error },
  } as unknown as StepContext;
  return await withEvaluators(
    { paths, listing, facts, judged: true, isolation: "shared", concurrency: 1, evaluations: all.length },
    async (evaluators) => {
      const loop = new EvaluationLoop(
        { step: context, listing, facts, tally: new Tally(stages), cycle: facts.due.cycle!, ...given(evaluators) },
        all,
      );
      const cpu = cpuUsage(), began = performance.now();
      await loop.run();
      const { user, system } = cpuUsage(cpu);
      return { wallUs: (performance.now() - began) * 1000 / all.length, cpuUs: (user + system) / all.length };
    },
  );
}

/** Real ones, whose replies and verdicts are noted. */
function recording({ isolation, judge, ...rest }: Evaluators): Evaluators {
  const noted: Isolation = Object.create(isolation, {
    capacity: { value: isolation.capacity },
    counts: { value: undefined },
    evaluate: {
      value: async (request: Parameters<Isolation["evaluate"]>[0]): Promise<RunResult> => {
        const result = await isolation.evaluate(request);
        if (!result.ok) throw new Error(`The template's agents must evaluate: ${result.failure.message}`);
        replies.set(request.expected.token, { line: JSON.stringify(result.reply), wallMs: result.wallMs! });
        return result;
      },
    },
  });
  const heard = {
    judge: async (one: Parameters<Judge["judge"]>[0]) => {
      const verdict = await judge!.judge(one);
      verdicts.set(one.token, JSON.stringify(verdict));
      return verdict;
    },
  } as Judge;
  return { ...rest, isolation: noted, judge: heard };
}

function judged(evaluators: Evaluators): Evaluators {
  const isolation = {
    capacity: 64,
    evaluate: ({ expected }: Parameters<Isolation["evaluate"]>[0]): Promise<RunResult> => {
      const { line, wallMs } = replies.get(expected.token)!;
      return Promise.resolve({ ok: true, reply: readReplyLine(line, expected), wallMs });
    },
  } as Isolation;
  return { ...evaluators, isolation };
}

function atHand(evaluators: Evaluators): Evaluators {
  const judge = {
    judge: ({ token }: Parameters<Judge["judge"]>[0]): Promise<JudgeReply> =>
      Promise.resolve(JSON.parse(verdicts.get(token)!)),
  } as Judge;
  return { ...judged(evaluators), judge };
}

/** Does some work under V8's profiler. */
async function profiled<T>(work: () => Promise<T>): Promise<T> {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.start");
  const result = await work();
  await new Promise<void>((done) =>
    session.post("Profiler.stop", (_error, { profile: found }) => {
      Deno.writeTextFileSync(profile, JSON.stringify(found));
      done();
    })
  );
  return result;
}

async function step(name: string, ...flags: string[]): Promise<void> {
  await runQuietly(name, ["--run", paths.name!, ...flags]);
}
