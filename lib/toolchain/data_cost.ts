/**
 * What it costs to load the data of a template: measured where agents are run.
 *
 * @module
 */

import type { DataCost } from "../isolation/data.ts";
import { launch } from "../isolation/launch.ts";
import type { ProcessLimits } from "../isolation/limits.ts";
import { lastErrorLine } from "../util/text.ts";
import { StepFailed } from "../util/issue.ts";
import { bundleCarrier } from "./carrier.ts";
import type { Layout } from "./layout.ts";
import { toolLauncher } from "./tools.ts";

/** What loading may take: far more than 16 MiB do. */
const limits: ProcessLimits = { memoryMiB: 4096, cpuSeconds: 60, wallSeconds: 300, outputKiB: 64, descriptors: 64 };

/**
 * Loads data in a process without permissions, as that of an evaluation does.
 *
 * Needs run permission for `/bin/sh`, and read and write permission for the layout. To be called from the main thread.
 *
 * @param line The data as a process is given it, from `dataLine`.
 * @throws {StepFailed} If it can't be loaded.
 */
export async function measureData(layout: Layout, line: string, signal?: AbortSignal): Promise<DataCost> {
  const script = `${layout.folder}/${layout.out}-data.js`;
  await Deno.writeTextFile(script, textOf(await bundleCarrier("agent", signal)));
  try {
    const input = new TextEncoder().encode(`${line}\n`);
    const command = (await toolLauncher()).sandboxed(script, limits, 1);
    const end = await launch(command, input, { wallMs: limits.wallSeconds * 1000, outputBytes: 65_536, signal });
    signal?.throwIfAborted();
    if (end.code !== 0) throw unloaded(lastErrorLine(end.stderr) || `its process ended with code ${end.code}`);
    const [ms, bytes] = JSON.parse(new TextDecoder().decode(end.stdout)) as [number, number];
    return { ms: Math.ceil(ms), memoryMiB: Math.ceil(bytes / 1024 / 1024) };
  } finally {
    await Deno.remove(script);
  }
}

/** The program that loads data: it takes what it measures by before the realm is hardened. */
function textOf(carrier: string): string {
  return `"use strict";
(() => {
const { memoryUsage, stdout } = Deno, encoder = new TextEncoder(), now = performance.now.bind(performance), { stringify } = JSON;
${carrier}
const memory = memoryUsage().rss, began = now();
carrier.load();
stdout.writeSync(encoder.encode(stringify([now() - began, memoryUsage().rss - memory])));
})();
`;
}

function unloaded(why: string): StepFailed {
  return new StepFailed({
    code: "data.load",
    message: `Cannot use the template as its data must be one that a process can load: ${why}`,
  });
}
