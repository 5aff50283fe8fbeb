/**
 * Files of data as JSON, under limits: what comes of them is the same in every engine, or an error that names file and line.
 *
 * @module
 */

import { isKey, jsonMarks, repeatedKey } from "../util/json_keys.ts";
import { csvRows, type Row } from "./csv_rows.ts";

/** How deep lists and objects may lie in each other. */
const mostDepth = 64;

/** Columns of a table, and characters of a column's name. */
const most = { columns: 4096, name: 256 } as const;

/** What is wrong with a file of data. */
export class DataError extends Error {
  override name = "DataError";
  readonly code: string;
  /** From 1; absent where it is the whole file. */
  readonly line: number | undefined;

  /** @param message What must be so, to stand after "as". */
  constructor(code: string, message: string, line?: number) {
    super(message);
    this.code = code;
    this.line = line;
  }
}

/**
 * What a file of data holds: a value of plain JSON.
 *
 * @param path Its ending says how it is read: `.json`; `.ndjson`, as a list; `.csv`, as lists by column; `.txt`, as a text.
 * @throws {DataError} If it can't be read as that.
 */
export function parseData(path: string, bytes: Uint8Array): unknown {
  const text = textOf(bytes);
  if (path.endsWith(".csv")) return columnsOf(text);
  if (path.endsWith(".ndjson")) return listOf(text);
  return path.endsWith(".json") ? jsonOf(text) : text;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new DataError("data.encoding", "it must be UTF-8", firstBad(bytes));
  }
}

/** The line in which bytes are no UTF-8 any more. */
function firstBad(bytes: Uint8Array): number {
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(from, to));
    } catch {
      return line;
    }
    from = to + 1;
  }
  return line;
}

function listOf(text: string): unknown[] {
  const list: unknown[] = [];
  for (const [at, line] of text.split("\n").entries()) if (line.trim() !== "") list.push(jsonOf(line, at));
  return list;
}

/** @param above Lines of the file above this text. */
function jsonOf(text: string, above = 0): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const what = (error as Error).message.replace(/ in JSON at position.*$| is not valid JSON$/, "").replace(
      /\s+/g,
      " ",
    );
    throw new DataError("data.syntax", `it must be JSON: ${what}`, above + brokenLine(text));
  }
  demandPlain(text, above);
  const repeated = repeatedKey(text);
  if (!repeated) return value;
  const line = above + Number(repeated.places[1].split(":")[0]);
  throw new DataError("data.value", `a key must be there once: ${shown(repeated.name)} is there twice`, line);
}

/** The line in which a text is no JSON any more: with those before it, it could still become some. */
function brokenLine(text: string): number {
  const lines = text.split("\n");
  let [from, to] = [1, lines.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (isBroken(lines.slice(0, middle).join("\n"))) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Whether nothing that follows could make a text JSON. */
function isBroken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    const { message } = error as Error;
    const place = /at position (\d+)/.exec(message)?.[1];
    return place === undefined ? !message.includes("end of JSON") : Number(place) < text.trimEnd().length;
  }
}

/** Demands what every engine reads alike: no depth that ends a stack, no number that a double can't hold, no `__proto__`. */
function demandPlain(text: string, above: number): void {
  let depth = 0;
  const fail = (message: string, at: number): never => {
    throw new DataError("data.value", message, above + lineOf(text, at));
  };
  for (const { mark, index } of jsonMarks(text)) {
    const first = mark[0]!;
    if (first === "{" || first === "[") {
      if (++depth > mostDepth) fail(`lists and objects must lie in each other at most ${mostDepth} deep`, index);
    } else if (first === "}" || first === "]") depth--;
    else if (first !== '"' && first !== ",") {
      const fault = numberFault(mark);
      if (fault !== undefined) fail(fault, index);
    } else if (mark.length <= 64 && isKey(text, index, mark) && JSON.parse(mark) === "__proto__") {
      fail("no key may be __proto__", index);
    }
  }
}

/** What is wrong with a number as it is written, if anything. */
function numberFault(written: string): string | undefined {
  const value = Number(written);
  if (!Number.isFinite(value)) return `a number must be one that a double can hold: it is ${shown(written)}`;
  const digits = written.replace(/^[+-]?0*/, "");
  if (!/^\d{16,}$/.test(digits) || BigInt(digits) === BigInt(Math.abs(value))) return undefined;
  return `a whole number must be one that a double can hold: it is ${shown(written)}; write it as a text, or rounded`;
}

const numeric = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function columnsOf(text: string): Record<string, unknown[]> {
  const [header, ...cells] = csvRows(text, (what, line) => {
    throw new DataError("data.syntax", `it must be a table of comma-separated values with equal rows: ${what}`, line);
  });
  if (!header) throw new DataError("data.syntax", "a table must begin with a row that names its columns", 1);
  demandNames(header.record);
  return Object.fromEntries(header.record.map((name, at) => [name, columnOf(name, at, cells)]));
}

function demandNames(names: readonly string[]): void {
  const fail = (message: string): never => {
    throw new DataError("data.value", message, 1);
  };
  if (names.length > most.columns) fail(`a table must have at most ${most.columns} columns: it has ${names.length}`);
  for (const [at, name] of names.entries()) {
    if (name === "" || name.length > most.name) {
      fail(`a column must have a name of at most ${most.name} characters: that of column ${at + 1} is ${shown(name)}`);
    }
    if (name === "__proto__") fail("no column may be __proto__");
    if (numeric.test(name)) {
      fail(`the first row must name the columns: ${name} is a number; put a row of names above it`);
    }
    if (names.indexOf(name) !== at) fail(`a column's name must be there once: ${shown(name)} is there twice`);
  }
}

/** Numbers where all of a column are, else texts. */
function columnOf(name: string, at: number, rows: readonly Row[]): unknown[] {
  if (!rows.every(({ record }) => numeric.test(record[at]!))) return rows.map(({ record }) => record[at]!);
  return rows.map(({ record, line }) => {
    const fault = numberFault(record[at]!);
    if (fault !== undefined) throw new DataError("data.value", `in column ${shown(name)} ${fault}`, line);
    return Number(record[at]!);
  });
}

function lineOf(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < index; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
