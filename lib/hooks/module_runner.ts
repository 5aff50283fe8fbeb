/**
 * The process of a module hook: calls the module's default export with each event on stdin, and answers each.
 *
 * What the module prints may stand on stdout as well: an answer is known by the token that came with its event, which the
 * module is not given.
 *
 * @module
 */

import type { HookEvent } from "./message.ts";
import { pathToFileURL } from "node:url";
import { writeAll } from "../step/output.ts";

/** What a module in `plugins/` exports by default to be a hook. */
export type EventHandler = (event: HookEvent) => unknown;

// Taken before the module is loaded, which may put something else there.
const stdout = { writeSync: Deno.stdout.writeSync.bind(Deno.stdout) };
const encoder = new TextEncoder();

let handler: Promise<EventHandler> | undefined;
let rest = "";
for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  const lines = (rest + text).split("\n");
  rest = lines.pop()!;
  for (const line of lines) {
    const end = line.indexOf(" ");
    const token = line.slice(0, end);
    const answer = await handle(JSON.parse(line.slice(end + 1)));
    writeAll(stdout, encoder.encode(`${token}${answer}${token}`));
  }
}

/** What became of an event: nothing if all is well. */
async function handle(event: HookEvent): Promise<string> {
  try {
    await (await (handler ??= load()))(event);
    return "";
  } catch (error) {
    return `threw ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function load(): Promise<EventHandler> {
  const module = await import(pathToFileURL(Deno.args[0]!).href);
  if (typeof module.default !== "function") throw new TypeError("its default export must be a function");
  return module.default;
}
