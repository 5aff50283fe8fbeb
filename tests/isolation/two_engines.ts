/** The same program run in V8, in a process, and in QuickJS, within WebAssembly. */

import { readyLine } from "../../lib/runtime/ready.ts";
import { splitArtifact } from "../../lib/isolation/artifact.ts";
import { launch } from "../../lib/isolation/launch.ts";
import { Launcher } from "../../lib/isolation/launcher.ts";
import { Engines } from "../../lib/isolation/wasm/engines.ts";

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
