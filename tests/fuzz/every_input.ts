/**
 * Hands every decoder of untrusted bytes a hundred thousand inputs, random and changed ones; `deno task test:fuzz` runs it.
 *
 * Each decoder is in a process of its own, with a heap of 256 MiB; one that says nothing for a minute hangs. Options:
 * `--count N`, `--seed N` for other inputs, `--only NAME`.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { parseArgs } from "node:util";
import { decoders } from "./decoders/all.ts";
import type { Worked } from "./work.ts";

const { values: options } = parseArgs({
  args: Deno.args,
  options: {
    count: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
  },
});
const silence = 60_000;
const heap = "--v8-flags=--max-old-space-size=256";
const may = ["--allow-read", "--allow-write", "--allow-env", "--allow-sys"];
const child = new URL("child.ts", import.meta.url).pathname;

Deno.test(`every decoder of untrusted bytes bears ${options.count} inputs`, async () => {
  const names = Object.keys(decoders).filter((name) => options.only === undefined || name === options.only);
  assert(names.length > 0, `${options.only} is no decoder: there are ${Object.keys(decoders).join(", ")}`);
  const failed: string[] = [];
  const lane = async () => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      const told = await check(name).catch((error: Error) => void failed.push(`${name}: ${error.message}`));
      say(`${name}: ${told ? summary(told) : "failed"}`);
    }
  };
  await Promise.all(Array.from({ length: navigator.hardwareConcurrency }, lane));
  assertEquals(failed, []);
});

async function check(name: string): Promise<Worked & { readonly seconds: number }> {
  const began = performance.now();
  const process = new Deno.Command("deno", {
    args: ["run", "-q", "--no-prompt", heap, ...may, child, name, options.count, options.seed],
    stdout: "piped",
  }).spawn();
  const end = () => process.kill("SIGKILL");
  let timer = setTimeout(end, silence);
  let last: Worked | undefined;
  let held = "";
  for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
    clearTimeout(timer);
    timer = setTimeout(end, silence);
    const lines = (held + text).split("\n");
    held = lines.pop()!;
    if (lines.length > 0) last = JSON.parse(lines.at(-1)!);
  }
  clearTimeout(timer);
  const { code, signal } = await process.status;
  assert(
    code === 0 && last,
    `it ended with code ${code}${signal ? ` (${signal})` : ""} after ${last?.inputs ?? 0} inputs`,
  );
  return { ...last, seconds: (performance.now() - began) / 1000 };
}

function summary(
  { inputs, accepted, slowestMs, largestMs, residentMiB, seconds }: Worked & { seconds: number },
): string {
  const times = `slowest ${slowestMs.toFixed(2)} ms, largest valid ${largestMs.toFixed(2)} ms`;
  return `${inputs} inputs in ${seconds.toFixed(0)} s, ${accepted} accepted, ${times}, at most ${residentMiB} MiB`;
}

function say(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
}
