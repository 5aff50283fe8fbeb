/**
 * Trial loading: whether what a pool's files evaluate when they are loaded can be evaluated.
 *
 * @module
 */

import { launch, type ProcessEnd } from "../isolation/launch.ts";
import type { ProcessLimits } from "../isolation/limits.ts";
import { lastErrorLine, sentence } from "../util/text.ts";
import { readyLine } from "../runtime/ready.ts";
import { type Issue, StepFailed } from "../util/issue.ts";
import { parameterName } from "../isolation/artifact.ts";
import { bundleCarrier } from "./carrier.ts";
import { bundleAlone } from "./bundle.ts";
import type { Pool } from "../genome/pool.ts";
import { viewFile, worldFile } from "../run/layout.ts";
import type { Layout } from "./layout.ts";
import { toolLauncher } from "./tools.ts";

/** What loading may take. */
export const trialLimits: ProcessLimits = {
  memoryMiB: 256,
  cpuSeconds: 5,
  wallSeconds: 300,
  outputKiB: 64,
  descriptors: 64,
};

/**
 * Loads all files of a pool in a hardened realm, in a process without permissions; only where that fails, each by itself.
 *
 * Needs run permission for `/bin/sh`, and read and write permission for the layout. To be called from the main thread.
 *
 * @param bundle All genes of the pool with its world, from `bundlePool`.
 * @param limits What loading may take, where it is to be less than what is shipped.
 * @param view The world with its view, from `bundleView`; absent where there is none.
 * @returns What is wrong, by file.
 * @throws {StepFailed} If a process waits too long, does not get as far as to load, or the files fail together only.
 */
export async function tryLoading(
  layout: Layout,
  pool: Pool,
  bundle: string,
  signal?: AbortSignal,
  limits = trialLimits,
  view?: string,
): Promise<Map<string, Issue>> {
  const carrier = await bundleCarrier("agent", signal);
  const faults = new Map<string, Issue>();
  const fault = (path: string, why: string): void =>
    void faults.set(path, { code: "template.load", message: `${path} can't be loaded: ${why}`, path });
  const all = view === undefined ? bundle : `{\n${bundle}}\n{\n${view}}\n`;
  let whole = await load(layout, carrier, all, limits, signal);
  if (whole === undefined) return faults;
  if (view !== undefined) {
    whole = await load(layout, carrier, bundle, limits, signal);
    if (whole === undefined) {
      fault(viewFile, (await load(layout, carrier, view, limits, signal)) ?? "it takes too much beside the genes");
      return faults;
    }
  }
  for (const path of [worldFile, ...pool.files.map((file) => file.path)]) {
    const alone = await bundleAlone(layout, pool, path, signal);
    const why = typeof alone === "string" ? await load(layout, carrier, alone, limits, signal) : alone.message;
    if (why === undefined) continue;
    fault(path, why);
    // All others bring it along.
    if (path === worldFile) break;
  }
  if (faults.size > 0) return faults;
  throw new StepFailed({ code: "template.load", message: `The template's files can't be loaded together: ${whole}` });
}

/** Why a bundle can't be loaded, or `undefined` if it can. */
async function load(
  layout: Layout,
  carrier: string,
  bundle: string,
  limits: ProcessLimits,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const script = `${layout.folder}/${layout.out}-trial.js`;
  // All of it is known to parse: what ends before the line has ended before any of it was evaluated.
  const text = `"use strict";\n${ready}\n` +
    `((load) => {\n${carrier}\nload(() => {});\n})((${parameterName}) => {\n${bundle}});\n`;
  await Deno.writeTextFile(script, text);
  try {
    const command = (await toolLauncher()).sandboxed(script, limits, 1);
    const run = () =>
      launch(command, new Uint8Array(), {
        wallMs: limits.wallSeconds * 1000,
        outputBytes: limits.outputKiB * 1024,
        ready: readyLine,
        signal,
      });
    const first = await run();
    // Without the line nothing of the template was loaded: the machine is asked once more.
    const end = first.ready || signal?.aborted ? first : await run();
    signal?.throwIfAborted();
    demandTried(end);
    if (end.code === 0) return undefined;
    if (end.signal === "SIGXCPU") return `it took more than ${limits.cpuSeconds} s of CPU time`;
    return lastErrorLine(end.stderr) || `its process ended with code ${end.code}`;
  } finally {
    await Deno.remove(script);
  }
}

/** What the program of a trial begins with, before anything of the template: it says that it runs. */
const ready = `Deno.stdout.writeSync(new TextEncoder().encode("${readyLine}\\n"));`;

/** Demands that a process came to an end that says something of the template. */
function demandTried({ ready, exceeded, signal, code, stderr }: ProcessEnd): void {
  if (!ready) {
    const said = lastErrorLine(stderr) || (signal ? `it ended by ${signal}` : `it ended with exit code ${code}`);
    throw new StepFailed({
      code: "machine.start",
      message: `Cannot try the template's files as a process must start on this machine: ${sentence(said)} Tried ` +
        "twice. Look whether processes, threads and memory are left, and run the step again.",
    });
  }
  if (exceeded !== "wall" && signal !== "SIGKILL") return;
  const why = exceeded === "wall" ? "it took too long" : "it was ended from outside";
  throw new StepFailed({ code: "machine.trial", message: `Cannot try the template's files: ${why}.` });
}
