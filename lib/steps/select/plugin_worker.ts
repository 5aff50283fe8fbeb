/**
 * The Worker of a module in `plugins/`: calls it, and answers the step.
 *
 * @module
 */

import { alive, messageOf, post, resetOutput } from "./plugin_shell.ts";
import { StepFailed } from "../../util/issue.ts";
import { givenOf, type PlanInput } from "../../selection/core.ts";
import { onIslands } from "../../selection/islands.ts";
import type { Selected, Strategy } from "../../selection/strategy.ts";
import type { Fitness, Measured } from "./measured.ts";

/** What the step asks. */
export type Asked =
  | { readonly kind: "load" }
  | { readonly kind: "fitness"; readonly results: readonly Measured[] }
  | { readonly kind: "select"; readonly input: PlanInput };

/** What a module's default export is, as far as it can be sent. */
export interface Shape {
  readonly type: string;
  /** What a strategy says of itself, and the type of its function. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Names of all members. */
  readonly names: readonly string[];
}

/** Answers what the step asks, one call after the other. */
export function serve(load: () => Promise<{ readonly default?: unknown }>): void {
  let found: unknown;
  const answer = async (asked: Asked): Promise<unknown> => {
    resetOutput();
    if (asked.kind === "fitness") return asked.results.map((result) => given((found as Fitness)(result)));
    if (asked.kind === "select") return selected(found as Strategy, asked.input);
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

/** What it decides, of which candidates are sent as their ids alone. */
function selected(strategy: Strategy, input: PlanInput): Selected {
  const { deaths, births, archive, ranking } = onIslands(strategy).select(givenOf(input)) ?? {};
  const ids = Array.isArray(archive) ? archive.map((one) => ({ id: one?.id })) : archive;
  return { deaths, births, archive: ids as Selected["archive"], ...(ranking !== undefined && { ranking }) };
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
  if (typeof value !== "object" || value === null) {
    return { type: value === null ? "null" : typeof value, members: {}, names: [] };
  }
  const { brief, uses, byFitness, energy, needs, select } = value as Record<string, unknown>;
  const members = { brief, uses, byFitness, energy, needs, select: typeof select };
  return { type: "object", members: JSON.parse(JSON.stringify(members)), names: Object.keys(value) };
}
