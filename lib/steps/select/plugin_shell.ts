/**
 * The first thing that a user module's Worker loads: what the module prints goes to the step, and no exit goes unnoticed.
 *
 * @module
 */

import nodeConsole, { Console } from "node:console";
import fs from "node:fs";
import * as modules from "node:module";
import net from "node:net";
import process from "node:process";
import tty from "node:tty";
import threads from "node:worker_threads";

/** What the Worker sends. */
export type Sent =
  | { readonly kind: "printed"; readonly text: string }
  | { readonly kind: "ended"; readonly how: string }
  | { readonly kind: "threw"; readonly message: string; readonly code?: string }
  | { readonly kind: "alive" }
  | { readonly kind: "answer"; readonly value: unknown };

interface Scope {
  postMessage(sent: Sent): void;
  close(): void;
}

interface LoadContext {
  readonly conditions?: readonly string[];
}

/** As much of Node's hooks for loading as is used; their types are not at hand. */
interface ModuleHooks {
  registerHooks(hooks: {
    resolve(name: string, context: LoadContext, next: (name: string, context: LoadContext) => unknown): unknown;
  }): void;
}

/** Characters of one call's output beyond which the rest is left out. */
const printedChars = 262_144;

const scope = globalThis as unknown as Scope;
const send = scope.postMessage.bind(scope);
let left = printedChars;
let sentAt = performance.now();

/** Sends a message to the step. */
export function post(sent: Sent): void {
  sentAt = performance.now();
  send(sent);
}

/** Tells the step now and then that calls come to an end. */
export function alive(): void {
  if (performance.now() - sentAt > 1000) post({ kind: "alive" });
}

/** Lets the module print as much again. */
export function resetOutput(): void {
  left = printedChars;
}

function print(text: string): void {
  if (left <= 0) return;
  left -= text.length;
  send({ kind: "printed", text: left > 0 ? text : `${text.slice(0, left)}… (the rest is left out)` });
}

function printBytes(bytes: Uint8Array): number {
  print(new TextDecoder().decode(bytes));
  return bytes.length;
}

/** As much of a stream as Node's console and those that print on `process.stdout` use. */
const stream = {
  isTTY: false,
  write(chunk: string | Uint8Array, ...rest: unknown[]): boolean {
    if (typeof chunk === "string") print(chunk);
    else printBytes(chunk);
    for (const done of rest) if (typeof done === "function") done();
    return true;
  },
  end: () => stream,
  on: () => stream,
  once: () => stream,
  removeListener: () => stream,
  listenerCount: () => 1,
};

const set = (object: object, name: string, value: unknown) =>
  Object.defineProperty(object, name, { value, writable: true, configurable: true });

/**
 * What of Node writes to an open descriptor. A module has no file that it may write, so it would write among the records.
 */
const writers = [
  ...["write", "writeSync", "writev", "writevSync", "writeFile", "writeFileSync", "appendFile", "appendFileSync"],
  ...["createWriteStream", "WriteStream", "SyncWriteStream", "Utf8Stream", "close", "closeSync", "Socket", "Stream"],
];

const refused = (what: string) =>
  function (): never {
    throw new Error(`A module in plugins/ must not use ${what}: print by console.log().`);
  };

const ends = (how: string) => (): never => {
  post({ kind: "ended", how });
  throw new Error(`A module in plugins/ must not call ${how}().`);
};

set(globalThis, "console", new Console({ stdout: stream, stderr: stream, ignoreErrors: false } as never));
Object.assign(console, { Console });
Object.assign(nodeConsole, console);
for (const [name, module] of [["fs", fs], ["net", net], ["tty", tty]] as const) {
  for (const writer of writers) {
    if (Object.hasOwn(module, writer)) set(module, writer, refused(`${writer} of node:${name}`));
  }
}
// What imports these, by whatever name and in whatever way, gets them as they are here.
const changed = new Map<string, object>(Object.entries({ console, fs, net, tty }));
const named = (name: string) => name.replace(/^node:/, "");
const handedOn = "evolve.changed";
set(globalThis, handedOn, changed);
(modules as unknown as ModuleHooks).registerHooks({
  resolve(name, context, next) {
    const module = changed.get(named(name));
    // What requires it gets the very object that was changed.
    if (!module || context.conditions?.includes("require")) return next(name, context);
    const members = Object.keys(module).filter((member) => member !== "default");
    const text = `const all = globalThis["${handedOn}"].get("${named(name)}");
      export const {${members}} = all; export default all;`;
    return { url: `data:text/javascript,${encodeURIComponent(text)}`, shortCircuit: true };
  },
});
for (const output of [Deno.stdout, Deno.stderr]) {
  for (const holder of [output, Object.getPrototypeOf(output)]) {
    set(holder, "writeSync", printBytes);
    set(holder, "write", (bytes: Uint8Array) => Promise.resolve(printBytes(bytes)));
    set(holder, "writable", new WritableStream({ write: (bytes: Uint8Array) => void printBytes(bytes) }));
  }
}
// The engine's own way to print.
set(Deno, (Deno as unknown as { internal: string }).internal, undefined);
set(process, "_rawDebug", (...all: unknown[]) => console.error(...all));
for (const name of ["stdout", "stderr"]) set(process, name, stream);
for (const name of ["exit", "kill"]) set(Deno, name, ends(`Deno.${name}`));
for (const name of ["exit", "reallyExit", "kill", "_kill", "abort"]) set(process, name, ends(`process.${name}`));
set(globalThis, "close", ends("close"));
// A Worker of the module's own would print past all this. Node's can be imported by its name, so it is its making that fails.
set(globalThis, "Worker", undefined);
Object.setPrototypeOf(
  threads.Worker,
  class {
    constructor() {
      throw new Error("A module in plugins/ must not start a Worker.");
    }
  },
);

const uncaught = (event: Event, error: unknown) => {
  event.preventDefault();
  post({ kind: "threw", message: messageOf(error) });
};
globalThis.addEventListener("unhandledrejection", (event) => uncaught(event, event.reason));
globalThis.addEventListener("error", (event) => uncaught(event, event.error));

/** What was thrown, in words. */
export function messageOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error).slice(0, 2000);
  } catch {
    return "what can't be told in words";
  }
}
