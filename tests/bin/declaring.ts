/**
 * Stands in for `lib/step/step.ts` and `lib/step/arguments.ts` where pipelines are imported for what they declare: nothing is
 * run, and all declarations are printed when the imports are done.
 *
 * @module
 */

import type { Grammar } from "../../lib/step/arguments.ts";
import { commonFlags, runName } from "../../lib/step/common_flags.ts";
import type { StepDefinition } from "../../lib/step/definition.ts";
import type { Flags } from "../../lib/step/flags.ts";

export { runName };
export * from "../../lib/step/flags.ts";

const declared: Grammar[] = [];

export function runStep(definition: StepDefinition<Flags>): Promise<void> {
  const { name, brief, positional } = definition;
  declared.push({ name, brief, flags: { ...definition.flags, ...commonFlags(definition) }, positional });
  return Promise.resolve();
}

export function readArguments(grammar: Grammar): Promise<undefined> {
  declared.push(grammar);
  return Promise.resolve(undefined);
}

globalThis.addEventListener("unload", () => {
  // Of functions nothing is left in JSON, but for what names a run.
  const text = JSON.stringify(declared, (_, value) => value === runName ? "runName" : value);
  Deno.stdout.writeSync(new TextEncoder().encode(text));
});
