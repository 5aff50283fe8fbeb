/**
 * The world's settings: `export const world = { … }` of `world.ts`, read from the syntax tree.
 *
 * @module
 */

import { geneName, phaseName } from "../runtime/names.ts";
import type { WorldDraw } from "../genome/pool.ts";
import type { WorldSettings } from "../runtime/contract.ts";
import { exportedFunctions } from "./genes.ts";
import { episodesFault, episodesOf } from "./instances.ts";
import { type Literal, literalAt } from "./literal.ts";
import { exportedConstant, isRecord, literalOf } from "./parameters.ts";
import type { ParsedSource } from "./parse.ts";
import { areNames, areObjectives, formOfNames, isObservation, isWhole, spaceFault } from "./space_checks.ts";
import { SourceError } from "./source_error.ts";
import { below, children, isType, keyOf, type SyntaxNode } from "./syntax.ts";

/** The functions that every world has, and those that it may have. */
export const worldFunctions = ["begin", "perceive", "act", "finished", "judge"] as const;
export const optionalWorldFunctions = ["answer", "inform", "probe"] as const;

/** What of the setup of an episode is random, and new in each cycle or epoch. */
const worldDraws = ["layout", "random"] as const;

const label = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** What a setting must be, and whether it is. */
type Check = readonly [demand: string, holds: (value: Literal) => boolean];

const checks: { readonly [K in keyof WorldSettings]-?: Check } = {
  actions: [`1 to 1024 different names (${formOfNames})`, (value) => areNames(value, 1024)],
  phases: [
    'different names of phases, "act" among them, "birth" and "end" not',
    (value) =>
      areNames(value, 32, phaseName) && value.includes("act") && !value.includes("birth") && !value.includes("end"),
  ],
  steps: ["a whole number from 1 to 100000", (value) => isWhole(value, 1, 100_000)],
  episodes: ["a whole number from 1 to 64, or to 1024 in a world with instances", (value) => isWhole(value, 1, 1024)],
  instances: ["a whole number from 1 to 1000000, or { train, test } of such numbers", instances],
  noisy: ["true or false", (value) => typeof value === "boolean"],
  memory: ['"episode" or "lifetime"', (value) => value === "episode" || value === "lifetime"],
  environments: ["1 to 64 records of numbers by name", environments],
  action: ["a space of actions", isRecord],
  observation: ["1 to 256 lengths by name, 65536 in all", isObservation],
  objectives: ['1 to 8 records { name, sense }, sense "minimise" or "maximise", their names different', areObjectives],
  probes: ["a whole number from 1 to 10000000", (value) => isWhole(value, 1, 10_000_000)],
  randomness: ['"evaluation" or "genome"', (value) => value === "evaluation" || value === "genome"],
};

const optional: ReadonlySet<string> = new Set([
  "action",
  "instances",
  "observation",
  "objectives",
  "probes",
  "randomness",
]);

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
  demandSpace(settings, node);
  demandProbe(settings, functions, node);
  const world = settings as unknown as WorldSettings;
  const fault = episodesFault(world, episodesOf(world));
  if (fault !== undefined) {
    throw new SourceError("source.world", `world.episodes must be ${fault}`, place(node, "episodes"));
  }
  return world;
}

/** Episodes of a world with instances are one of each, where nothing else is said. */
function canBeAbsent(key: string, { action, instances }: Readonly<Record<string, unknown>>): boolean {
  return optional.has(key) || (key === "actions" && action !== undefined) ||
    (key === "episodes" && instances !== undefined);
}

/**
 * What of the setup of an episode differs from cycle to cycle and is read by the world: of `random` and `layout` those that it
 * names as a property, wherever that is.
 */
export function drawsOf({ program }: ParsedSource): WorldDraw[] {
  const read = new Set<string | undefined>();
  const waiting: SyntaxNode[] = [program];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (isType(node)) continue;
    if (/^(Optional)?MemberExpression$/.test(node.type)) read.add(keyOf(node["property"] as SyntaxNode));
    if (node.type === "ObjectPattern") {
      for (const property of children(node, "properties")) read.add(keyOf(property["key"] as SyntaxNode | undefined));
    }
    for (const inner of below(node)) waiting.push(inner);
  }
  return worldDraws.filter((name) => read.has(name));
}

/** Those functions of a world that it may have and has, sorted. */
export function optionalFunctionsOf({ program }: ParsedSource): string[] {
  const functions = exportedFunctions(program).map(({ name }) => name);
  return optionalWorldFunctions.filter((name) => functions.includes(name));
}

function demandSpace({ action, actions }: Readonly<Record<string, Literal>>, node: SyntaxNode): void {
  if (action === undefined) return;
  if (actions !== undefined) {
    throw new SourceError("source.world", "world must have either actions or action, not both", place(node, "actions"));
  }
  const fault = spaceFault(action);
  if (fault !== undefined) {
    throw new SourceError("source.world", `world.action must be ${fault}`, place(node, "action"));
  }
}

function demandProbe(
  settings: Readonly<Record<string, Literal>>,
  functions: readonly string[],
  node: SyntaxNode,
): void {
  const has = functions.includes("probe");
  if (has === (settings["probes"] !== undefined)) return;
  const why = has
    ? "a world that exports the function probe must have the setting probes, how many an episode has"
    : "a world with the setting probes must export the function probe";
  throw new SourceError("source.world", why, place(node, "probes"));
}

function place(node: SyntaxNode, key: string): SyntaxNode {
  return literalAt(node, key) ?? node;
}

function instances(value: Literal): boolean {
  if (!isRecord(value)) return isWhole(value, 1, 1_000_000);
  return value["train"] !== undefined &&
    Object.entries(value).every(([key, count]) => (key === "train" || key === "test") && isWhole(count, 1, 1_000_000));
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
