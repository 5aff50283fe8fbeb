/**
 * What every step shares: its command line, records, lock, signals and exit codes.
 *
 * A pipeline is `await runStep({ name, brief, run })`; the rest is here.
 *
 * @module
 */

import { Misuse } from "../util/issue.ts";
import type { CommonFlags, StepDefinition } from "./definition.ts";
import { commonFlags } from "./common_flags.ts";
import type { Flags } from "./flags.ts";
import { lazily } from "../util/lazy.ts";
import { writeAll } from "./output.ts";
import { performRun } from "./step_run.ts";
import { Terminal } from "./terminal.ts";
import { readPlain } from "./quick.ts";

export type { Counts, Logger, StepContext } from "./context.ts";
export { runName } from "./common_flags.ts";
export type { StepRecord } from "../records/records.ts";
export { agentArgument, BadValue, bestArgument, finiteNumber, positiveNumber, seedText, wholeNumber } from "./flags.ts";

/**
 * Runs a step as the whole of this process, and ends the process.
 *
 * Exit codes: 0 all well, 1 the step failed, 2 misuse, 130 interrupted; a step may have others of its own.
 */
export async function runStep<const F extends Flags = Record<never, never>>(
  definition: StepDefinition<F>,
): Promise<never> {
  const parsed = await parse(definition);
  Deno.exit(
    typeof parsed === "number"
      ? parsed
      : await performRun(definition as StepDefinition<Flags>, parsed.flags, parsed.positional),
  );
}

async function parse<F extends Flags>(
  definition: StepDefinition<F>,
): Promise<number | { readonly flags: CommonFlags & Record<string, unknown>; readonly positional: readonly string[] }> {
  const flags = { ...definition.flags, ...commonFlags(definition) };
  const { name, brief, description, positional } = definition;
  // What several flags have a say in is for the reader that knows all of them.
  const plain = positional?.minimum || definition.formatOf ? undefined : readPlain(flags, Deno.args);
  if (plain) return { flags: plain as unknown as CommonFlags & Record<string, unknown>, positional: [] };
  try {
    const { readArguments } = await lazily<typeof import("./arguments.ts")>("./arguments.ts", import.meta.url);
    const help = (text: string) => void writeAll(Deno.stdout, new TextEncoder().encode(text));
    const read = await readArguments({ name, brief, description, flags, positional }, Deno.args, help);
    if (!read) return 0;
    demandOneFormat(definition as StepDefinition<Flags>, read.flags as unknown as CommonFlags);
    return { flags: read.flags as CommonFlags & Record<string, unknown>, positional: read.positional };
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    new Terminal(name, false).error(error.message);
    return 2;
  }
}

function demandOneFormat({ formatOf }: StepDefinition<Flags>, flags: CommonFlags): void {
  if (flags.format === undefined || formatOf?.(flags as never) === undefined) return;
  throw new Misuse({
    code: "arguments",
    message: "Cannot write in two formats as what is asked for has one of its own; leave --format out. See --help.",
  });
}
