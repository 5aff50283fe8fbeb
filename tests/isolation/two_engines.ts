/** The same program run in V8, in a process, and in QuickJS, within WebAssembly. */

import { readyLine } from "../../lib/runtime/ready.ts";
import { splitArtifact } from "../../lib/isolation/artifact.ts";
import { Judge } from "../../lib/isolation/judge.ts";
import { launch } from "../../lib/isolation/launch.ts";
import { Launcher } from "../../lib/isolation/launcher.ts";
import { Engines } from "../../lib/isolation/wasm/engines.ts";
import { Bubblewrap } from "../../lib/isolation/bubblewrap.ts";
import { ProcessIsolation } from "../../lib/isolation/process.ts";
import type { AgentRequest, Evidence, JudgeReply } from "../../lib/runtime/contract.ts";
import { good } from "../../lib/util/issue.ts";
import { bubblewrap } from "./installed.ts";

const limits = { memoryMiB: 256, cpuSeconds: 60, wallSeconds: 120, outputKiB: 4096, descriptors: 64 };
const launcher = await Launcher.find(limits);
const engines = new Engines({ memoryMiB: limits.memoryMiB, polls: 150_000, outputBytes: limits.outputKiB * 1024 });

/** What a program replied in each engine: the very bytes, without the end of the line. */
export interface Replies {
  readonly v8: string;
  readonly quickjs: string;
}

/**
 * Runs an evaluation in both engines.
 *
 * @param path Where the artifact lies.
 * @param line The request as JSON.
 */
export async function inBoth(path: string, line: string): Promise<Replies> {
  const input = new TextEncoder().encode(`${line}\n`);
  const options = { wallMs: limits.wallSeconds * 1000, outputBytes: limits.outputKiB * 1024, ready: readyLine };
  const text = await Deno.readTextFile(path);
  const [end, answer] = await Promise.all([
    launch(launcher.sandboxed(path, limits, 0), input, options),
    engines.evaluate(splitArtifact(text) ?? { genes: text }, line),
  ]);
  const v8 = new TextDecoder().decode(end.stdout).replace(/\n$/, "");
  if (v8 === "") throw new Error(new TextDecoder().decode(end.stderr));
  return { v8, quickjs: "reply" in answer ? answer.reply : JSON.stringify(answer) };
}

const sandboxes = bubblewrap === undefined ? [launcher] : [launcher, await Bubblewrap.find(launcher, limits)];

/** What a program replies where its steps are recorded, without these: in a process, and behind the walls of bubblewrap. */
export async function tracedIn(path: string, line: string): Promise<readonly unknown[]> {
  const request = JSON.parse(line) as AgentRequest;
  const expected = { token: request.token, episodes: request.worlds.length, addresses: request.addresses };
  return await Promise.all(sandboxes.map(async (sandbox) => {
    await using isolation = new ProcessIsolation({ prove: () => Promise.resolve(good(path)) }, sandbox, 1);
    const result = await isolation.evaluate({
      id: "agent",
      kind: request.kind,
      cycle: 1,
      artifact: { artifact: "", genome: "", bytes: new Uint8Array() },
      own: line,
      common: '"trace":1000',
      expected: { ...expected, genomeBytes: 65_536, trace: 1000 },
      limits,
      steps: 0,
      verified: false,
      alone: false,
    });
    if (!result.ok) throw new Error(result.failure.message);
    const { trace, ...reply } = result.reply;
    const steps = request.worlds.reduce((sum, { steps }) => sum + steps, 0);
    if (trace === undefined || trace.length > steps || (trace.length === 0 && steps > 0)) throw new Error("no trace");
    return reply;
  }));
}

/** What the judge whose program lies at a path says of what was done in an evaluation. */
export async function judgedBy(
  path: string,
  { token, worlds }: AgentRequest,
  evidence: readonly Evidence[],
): Promise<JudgeReply> {
  await using judge = new Judge(launcher.sandboxed(path, limits, Number.POSITIVE_INFINITY), {
    timeoutMs: limits.wallSeconds * 1000,
  });
  const [played, done] = [JSON.stringify(worlds), JSON.stringify(evidence)];
  return await judge.judge({ token, episodes: worlds.length, genes: 5, worlds: played, evidence: done, answer: true });
}
