/**
 * The process of a module hook: calls the module's default export with each line of stdin, and answers each.
 *
 * @module
 */

import { pathToFileURL } from "node:url";
import type { RunEvent } from "./events.ts";

/** What a module in `plugins/` exports by default to be a hook. */
export type EventHandler = (event: RunEvent) => unknown;

// stdout is for the answers, so what the module prints goes to stderr.
const answer = (reply: { readonly number: number; readonly message?: string }) =>
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(reply)}\n`));
console.log = console.info = console.debug = console.error;

let handler: Promise<EventHandler> | undefined;
let rest = "";
for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  const lines = (rest + text).split("\n");
  rest = lines.pop()!;
  for (const line of lines) await handle(JSON.parse(line));
}

async function handle(event: RunEvent): Promise<void> {
  try {
    await (await (handler ??= load()))(event);
    answer({ number: event.number });
  } catch (error) {
    answer({ number: event.number, message: error instanceof Error ? error.message : String(error) });
  }
}

async function load(): Promise<EventHandler> {
  const module = await import(pathToFileURL(Deno.args[0]!).href);
  if (typeof module.default !== "function") throw new TypeError("its default export must be a function");
  return module.default;
}
