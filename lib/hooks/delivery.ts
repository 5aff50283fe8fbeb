/**
 * Where events go: what each kind of hook has to be able to do.
 *
 * @module
 */

import type { Issue } from "../util/issue.ts";
import type { Message } from "./message.ts";

/** What a hook may take before it is ended. */
export interface HookLimits {
  /** Milliseconds for one event. */
  readonly timeoutMs: number;
  /** Bytes that it may write to stdout, and to stderr, for one event. */
  readonly outputBytes: number;
}

/** The output that a hook may write for one event, in bytes. */
export const outputBytes = 65_536;

/** Why an event was not taken. */
export interface Failure extends Issue {
  /** For so many milliseconds the receiver asked to be left alone. */
  readonly retryAfterMs?: number;
}

/** Something that events are delivered to. */
export interface Delivery {
  /** How it is named in records and logs: without arguments, paths and queries, which may hold secrets. */
  readonly label: string;
  /**
   * Delivers one event.
   *
   * @param signal Aborted when the step is to end: the hook is ended at once.
   * @returns What went wrong, if anything did; never throws.
   */
  deliver(message: Message, signal: AbortSignal): Promise<Failure | undefined>;
  /** Ends what is left of it; called once, after the last event. */
  close(): Promise<void>;
}

/**
 * What a failure is about: `event`: this event alone, and it is tried again; `refused`: this event, and it is not; `hook`:
 * the next event would most likely fare alike; `none`: the attempt was broken off and counts for nothing.
 */
export function concernOf({ code }: Issue): "event" | "refused" | "hook" | "none" {
  if (code === "hook.failed") return "event";
  if (code === "hook.refused" || code === "hook.redirected") return "refused";
  return code === "hook.interrupted" ? "none" : "hook";
}

/** A hook took too long. */
export function timedOut(label: string, { timeoutMs }: HookLimits): Issue {
  return { code: "hook.timeout", message: `The hook ${label} took more than ${timeoutMs / 1000} s and was ended.` };
}

/** A hook wrote too much. */
export function flooded(label: string, { outputBytes }: HookLimits): Issue {
  return { code: "hook.output", message: `The hook ${label} wrote more than ${outputBytes} bytes and was ended.` };
}

/** A hook could not be started. */
export function notStarted(label: string, error: unknown): Issue {
  const why = error instanceof Deno.errors.NotFound ? "there is no such program" : (error as Error).name;
  return { code: "hook.start", message: `Cannot start the hook ${label}: ${why}.` };
}
