/**
 * The worker's side of {@linkcode overWorkers}.
 *
 * @module
 */

import { Misuse, StepFailed } from "../util/issue.ts";
import type { Issue } from "../util/issue.ts";

/** What the pool sends: an item under its number. */
export interface Request {
  readonly number: number;
  readonly item: unknown;
}

/** What a worker answers: a value, or what was thrown. */
export type Reply =
  | { readonly number: number; readonly value: unknown; readonly ms: number }
  | { readonly number: number; readonly thrown: Thrown };

/** An error in a form that can be sent; classes do not survive that. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly issue?: Issue;
}

interface Scope {
  onmessage: ((event: { readonly data: Request }) => void) | null;
  postMessage(reply: Reply): void;
}

/**
 * Answers the pool's items with `handle`, one at a time and in order.
 *
 * Call it at the end of the worker's module. In the main thread it does nothing, so that the module can also be imported.
 */
export function serve<In, Out>(handle: (item: In) => Out | Promise<Out>): void {
  if (!inWorker()) return;
  const scope = globalThis as unknown as Scope;
  let last = Promise.resolve();
  scope.onmessage = ({ data }) => {
    last = last.then(async () => scope.postMessage(await answer(data, handle as (item: unknown) => unknown)));
  };
}

/** The error that a worker threw, with its class where it is one that steps catch. */
export function revive(thrown: Thrown): Error {
  const error = thrown.issue && thrown.name === "Misuse"
    ? new Misuse(thrown.issue)
    : thrown.issue && thrown.name === "StepFailed"
    ? new StepFailed(thrown.issue)
    : Object.assign(new Error(thrown.message), { name: thrown.name });
  if (thrown.stack !== undefined) error.stack = thrown.stack;
  return error;
}

async function answer(request: Request, handle: (item: unknown) => unknown): Promise<Reply> {
  try {
    const began = performance.now();
    const value = await handle(request.item);
    return { number: request.number, value, ms: performance.now() - began };
  } catch (error) {
    return { number: request.number, thrown: describe(error) };
  }
}

function describe(error: unknown): Thrown {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const issue = error instanceof Misuse || error instanceof StepFailed ? error.issue : undefined;
  return { name: error.name, message: error.message, stack: error.stack, issue };
}

function inWorker(): boolean {
  return "WorkerGlobalScope" in globalThis;
}
