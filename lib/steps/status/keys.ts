/**
 * What agents can be chosen and ordered by.
 *
 * @module
 */

import { objectiveValue } from "../../records/objective.ts";
import { statuses } from "../../records/status.ts";
import type { Objective } from "../../runtime/contract.ts";
import { Misuse } from "../../util/issue.ts";
import { nearest } from "../../util/nearest.ts";
import type { PeopleRow } from "./rows.ts";

/** A value of an agent; null where it has none. */
export type Value = string | number | null;

/** Something that each agent has a value of. */
export interface Key {
  /** Of `beginning`, as an id, a value is also named by how it begins. */
  readonly kind: "number" | "text" | "beginning";
  /** All values that there are, where that is a closed set. */
  readonly values?: readonly string[];
  /** Whether less comes first where nothing else is asked for. @default false for numbers, true for texts */
  readonly lessFirst?: boolean;
  readonly of: (row: PeopleRow) => Value;
}

/**
 * All keys by name: the fields of `agent.status`, what a table tells besides, and the objective's own name.
 *
 * @param objective The first one that the world declares.
 */
export function keysOf(objective: Objective | undefined): ReadonlyMap<string, Key> {
  return new Map<string, Key>([
    ["id", { kind: "beginning", of: ({ id }) => id }],
    ["status", { kind: "text", values: statuses, of: ({ status }) => status }],
    ["generation", { kind: "number", of: ({ generation }) => generation }],
    ["age", { kind: "number", of: ({ age }) => age }],
    ...(objective ? [[objective.name, objectiveKey(objective)] as const] : []),
    ["score", { kind: "number", of: ({ score }) => score }],
    ["violation", { kind: "number", of: ({ violation }) => violation }],
    ["energy", { kind: "number", of: ({ energy }) => energy }],
    ["last", { kind: "text", of: ({ last }) => last }],
    ["ms", { kind: "number", of: ({ ms }) => ms }],
    ["crashes", { kind: "number", of: ({ crashes }) => crashes }],
    ["backoffUntilCycle", { kind: "number", of: ({ backoffUntilCycle }) => backoffUntilCycle }],
    ["genomeHash", { kind: "beginning", of: ({ genomeHash }) => genomeHash }],
    ["codeHash", { kind: "beginning", of: ({ codeHash }) => codeHash }],
    ["buildHash", { kind: "beginning", of: ({ buildHash }) => buildHash }],
  ]);
}

function objectiveKey(objective: Objective): Key {
  const lessFirst = objective.sense === "minimise";
  return { kind: "number", lessFirst, of: ({ score }) => objectiveValue(score, objective) };
}

/**
 * The key of a name.
 *
 * @param flag The flag that names it.
 * @throws {Misuse} If there is none: names the nearest.
 */
export function findKey(keys: ReadonlyMap<string, Key>, name: string, flag: string): Key {
  const key = keys.get(name);
  if (key) return key;
  const near = nearest(name, keys.keys());
  const hint = near === undefined ? `valid are ${[...keys.keys()].join(", ")}` : `the nearest valid one is ${near}`;
  throw wrong(`Cannot use ${JSON.stringify(name)} for --${flag} as agents have nothing of this name; ${hint}.`);
}

/** What is wrong with a flag of `status`. */
export function wrong(message: string): Misuse {
  return new Misuse({ code: "arguments", message: `${message} See --help.` });
}
