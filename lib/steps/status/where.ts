/**
 * Conditions on agents, such as `status=active,generation>3`.
 *
 * @module
 */

import { nearest } from "../../util/nearest.ts";
import { findKey, type Key, type Value, wrong } from "./keys.ts";
import type { PeopleRow } from "./rows.ts";

/** Whether an agent is asked for. */
export type Condition = (row: PeopleRow) => boolean;

/** Longer ones first, as `<` begins `<=`. */
const operators = ["<=", ">=", "!=", "=", "<", ">"] as const;
type Operator = (typeof operators)[number];

/** The word for a value that is not there. */
const none = "none";

const number = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?$/i;

/**
 * Reads conditions: `KEY OPERATOR VALUE`, joined by commas, all of which must hold. With `=` and `!=` there may be several
 * values, `a|b`, and `none` stands for no value. What has no value is neither less nor greater than any.
 *
 * @throws {Misuse} If it can't be read.
 */
export function readWhere(text: string, keys: ReadonlyMap<string, Key>): Condition {
  const conditions = text.split(",").map((part) => conditionOf(part.trim(), keys));
  return (row) => conditions.every((holds) => holds(row));
}

function conditionOf(text: string, keys: ReadonlyMap<string, Key>): Condition {
  const at = text.search(/[<>!=]/);
  const operator = operators.find((one) => at > 0 && text.startsWith(one, at));
  if (operator === undefined) {
    throw wrong(
      `Cannot use ${
        JSON.stringify(text)
      } for --where as each condition must be KEY=VALUE, or with !=, <, <=, > or >=; ` +
        `try --where 'status=active,generation>3'.`,
    );
  }
  const name = text.slice(0, at).trim();
  const key = findKey(keys, name, "where");
  const value = text.slice(at + operator.length).trim();
  if (operator === "=" || operator === "!=") {
    const wanted = value.split("|").map((one) => valueOf(one.trim(), name, key));
    const isOne = (row: PeopleRow) => wanted.some((one) => equals(key.of(row), one, key));
    return operator === "=" ? isOne : (row) => !isOne(row);
  }
  if (key.kind !== "number") {
    throw wrong(`Cannot use ${JSON.stringify(text)} for --where as ${name} is a text: it can be = or != alone.`);
  }
  const bound = valueOf(value, name, key);
  if (bound === null) throw wrong(`Cannot use ${JSON.stringify(text)} for --where as none is no number.`);
  return (row) => compares(key.of(row) as number | null, operator, bound as number);
}

function valueOf(text: string, name: string, { kind, values }: Key): Value {
  if (text === none) return null;
  if (kind === "number" ? !number.test(text) : text === "") {
    throw wrong(
      `Cannot use ${JSON.stringify(text)} for --where as ${name} must be ${kind === "number" ? "a number" : "a text"}.`,
    );
  }
  if (values && !values.includes(text)) {
    const near = nearest(text, values);
    const hint = near === undefined ? "" : `; the nearest valid one is ${near}`;
    throw wrong(`Cannot use ${JSON.stringify(text)} for --where as ${name} must be ${values.join(", ")}${hint}.`);
  }
  return kind === "number" ? Number(text) : text;
}

function equals(value: Value, wanted: Value, { kind }: Key): boolean {
  return kind === "beginning" && value !== null && wanted !== null
    ? String(value).startsWith(String(wanted).toLowerCase())
    : value === wanted;
}

function compares(value: number | null, operator: Exclude<Operator, "=" | "!=">, bound: number): boolean {
  if (value === null) return false;
  switch (operator) {
    case "<":
      return value < bound;
    case "<=":
      return value <= bound;
    case ">":
      return value > bound;
    case ">=":
      return value >= bound;
  }
}
