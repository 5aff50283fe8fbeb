/**
 * The Worker of a module in `plugins/`: calls it, and answers the step.
 *
 * @module
 */

import { alive, messageOf, post, resetOutput } from "./plugin_shell.ts";
import { StepFailed } from "../../util/issue.ts";
import { checked } from "./checked.ts";
import { plan } from "./plan.ts";
import type { PlanInput } from "./deaths.ts";
import type { Fitness, Measured } from "./measured.ts";
import { formerMembers, type Strategy, strategyMembers } from "./strategy.ts";
import { record, type Transcript } from "./transcript.ts";

/** What the step asks. */
export type Asked =
  | { readonly kind: "load" }
  | { readonly kind: "fitness"; readonly results: readonly Measured[] }
  | { readonly kind: "plan"; readonly path: string; readonly input: Omit<PlanInput, "strategy"> };

/** What a module's default export is, as far as it can be sent. */
export interface Shape {
  readonly type: string;
  /** Its members: the type of functions, the value of all that is plain. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** Answers what the step asks, one call after the other. */
export function serve(load: () => Promise<{ readonly default?: unknown }>): void {
  let found: unknown;
  const answer = async (asked: Asked): Promise<unknown> => {
    resetOutput();
    if (asked.kind === "fitness") return asked.results.map((result) => given((found as Fitness)(result)));
    if (asked.kind === "plan") return choose(found as Strategy, asked);
    found = (await load()).default;
    return shapeOf(found);
  };
  globalThis.addEventListener("message", async (event) => {
    try {
      const value = await answer((event as MessageEvent<Asked>).data);
      // What the calls left behind, such as a rejection without a handler, comes before the answer.
      await new Promise((resolve) => setTimeout(resolve));
      post({ kind: "answer", value });
    } catch (error) {
      const code = error instanceof StepFailed ? error.issue.code : undefined;
      post({ kind: "threw", message: messageOf(error), ...(code && { code }) });
    }
  });
}

function choose(strategy: Strategy, { path, input }: Asked & { kind: "plan" }): Transcript {
  // What is offered stays as it is: a module that sorts in place would change what the others are asked.
  for (const one of input.ranked) Object.freeze(one);
  const { strategy: recorded, transcript } = record(checked(strategy, path), input.ranked, alive);
  plan({ ...input, strategy: recorded });
  return transcript();
}

/** A number as it is; of all else what it is, in words. */
function given(value: unknown): number | string {
  alive();
  if (typeof value === "number") return value;
  if (typeof value === "string") return `the text ${JSON.stringify(value.slice(0, 60))}`;
  if (value instanceof Promise) return "a promise, as it is asynchronous";
  if (value === undefined || value === null || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function shapeOf(value: unknown): Shape {
  const members: Record<string, unknown> = {};
  if (typeof value === "object" && value !== null) {
    for (const name of [...strategyMembers, ...Object.keys(formerMembers)]) {
      const member = (value as Record<string, unknown>)[name];
      members[name] = typeof member === "string" || typeof member === "boolean" ? member : typeof member;
    }
  }
  return { type: value === null ? "null" : typeof value, members };
}
