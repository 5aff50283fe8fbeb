/**
 * The world's settings: `export const world = { … }` of `world.ts`, read from the syntax tree.
 *
 * @module
 */

import { geneName, phaseName } from "../runtime/names.ts";
import type { WorldSettings } from "../runtime/contract.ts";
import { exportedFunctions } from "./genes.ts";
import { episodesFault, episodesOf } from "./instances.ts";
import { type Literal, literalAt } from "./literal.ts";
import { exportedConstant, isRecord, literalOf } from "./parameters.ts";
import type { ParsedSource } from "./parse.ts";
import { SourceError } from "./source_error.ts";
import type { SyntaxNode } from "./syntax.ts";

/** The functions that every world has. */
export const worldFunctions = ["begin", "perceive", "act", "finished", "judge"] as const;

const label = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** What a setting must be, and whether it is. */
type Check = readonly [demand: string, holds: (value: Literal) => boolean];

const checks: { readonly [K in keyof WorldSettings]-?: Check } = {
  actions: ["1 to 1024 different names", (value) => distinct(value, label, 1024)],
  phases: [
    'different names of phases, "act" among them, "birth" and "end" not',
    (value) =>
      distinct(value, phaseName, 32) && value.includes("act") && !value.includes("birth") && !value.includes("end"),
  ],
  steps: ["a whole number from 1 to 100000", (value) => whole(value, 100_000)],
  episodes: ["a whole number from 1 to 64, or to 1024 in a world with instances", (value) => whole(value, 1024)],
  instances: ["a whole number from 1 to 1000000, or { train, test } of such numbers", instances],
  noisy: ["true or false", (value) => typeof value === "boolean"],
  memory: ['"episode" or "lifetime"', (value) => value === "episode" || value === "lifetime"],
  environments: ["1 to 64 records of numbers by name", environments],
};

/**
 * The settings of a world.
 *
 * @throws {SourceError} If a function or a setting is missing, or a setting can't be used.
 */
export function worldOf(source: ParsedSource): WorldSettings {
  const functions = exportedFunctions(source.program).map((one) => one.name);
  const missing = worldFunctions.find((name) => !functions.includes(name));
  if (missing !== undefined) {
    throw new SourceError("source.world", `a world must export the function ${missing}`, source.program);
  }
  const node = exportedConstant(source.program, "world");
  if (!node) throw new SourceError("source.world", "a world must export the constant world", source.program);
  const settings = literalOf(node, "source.world");
  if (!isRecord(settings)) throw new SourceError("source.world", "the constant world must be a record", node);
  const unknown = Object.keys(settings).find((key) => !Object.hasOwn(checks, key));
  if (unknown !== undefined) {
    throw new SourceError("source.world", `world has no setting ${unknown}`, place(node, unknown));
  }
  for (const [key, [demand, holds]] of Object.entries(checks)) {
    const value = settings[key];
    if (value === undefined && canBeAbsent(key, settings)) continue;
    if (value === undefined || !holds(value)) {
      throw new SourceError("source.world", `world.${key} must be ${demand}`, place(node, key));
    }
  }
  const world = settings as unknown as WorldSettings;
  const fault = episodesFault(world, episodesOf(world));
  if (fault !== undefined) {
    throw new SourceError("source.world", `world.episodes must be ${fault}`, place(node, "episodes"));
  }
  return world;
}

/** Episodes of a world with instances are one of each, where nothing else is said. */
function canBeAbsent(key: string, { instances }: Readonly<Record<string, unknown>>): boolean {
  return key === "instances" || (key === "episodes" && instances !== undefined);
}

function place(node: SyntaxNode, key: string): SyntaxNode {
  return literalAt(node, key) ?? node;
}

function distinct(value: Literal, form: RegExp, most: number): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.length <= most && new Set(value).size === value.length &&
    value.every((item) => typeof item === "string" && form.test(item));
}

function whole(value: Literal, most: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= most;
}

function instances(value: Literal): boolean {
  if (!isRecord(value)) return whole(value, 1_000_000);
  return value["train"] !== undefined &&
    Object.entries(value).every(([key, count]) => (key === "train" || key === "test") && whole(count, 1_000_000));
}

function environments(value: Literal): boolean {
  if (!isRecord(value)) return false;
  const entries = Object.entries(value);
  return entries.length > 0 && entries.length <= 64 &&
    entries.every(([name, record]) =>
      label.test(name) && isRecord(record) &&
      Object.entries(record).every(([key, item]) =>
        geneName.test(key) && typeof item === "number" && Number.isFinite(item)
      )
    );
}
