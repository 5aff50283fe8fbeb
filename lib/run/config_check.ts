/**
 * Checks a configuration against its schema and says what is wrong in words.
 *
 * @module
 */

import { z } from "zod";
import { Misuse } from "../util/issue.ts";
import { beyondBounds, idleKeys, keysOf } from "./config_idle.ts";
import { type Config, configSchema } from "./config_schema.ts";
import { withEnergyRule } from "./energy_rule.ts";
import { parseJson, withoutMark } from "./config_text.ts";
import { renamed } from "./former_names.ts";
import { repeatedKey } from "../util/json_keys.ts";
import { nearest } from "../util/nearest.ts";

/** What {@linkcode z.toJSONSchema} gives, as far as it is read here. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/**
 * The configuration that a text holds.
 *
 * @param source JSON.
 * @param path Where it was read, for messages.
 * @throws {Misuse} If the text is no JSON or no valid configuration, has a key twice, or sets what has no effect beside
 * other keys; names each wrong key, at most five of them.
 */
export function parseConfig(source: string, path: string): Config {
  const text = withoutMark(source);
  const value = parseJson(text, path);
  refuseRepeated(text, path);
  refusePrototype(value, path);
  refuseFormer(value, path);
  // A step reads it once: to compile the schema would take longer than to check by it.
  const result = configSchema.safeParse(value, { jitless: true });
  if (!result.success) {
    throw unusable(
      "config.invalid",
      result.error.issues.slice(0, mostLines).map((issue) => describe(issue, value)),
      path,
    );
  }
  const given = keysOf(value as object);
  const beyond = beyondBounds(given, result.data);
  if (beyond.length > 0) throw unusable("config.invalid", beyond, path);
  const idle = idleKeys(given, result.data);
  if (idle.length > 0) throw unusable("config.idle", idle, path, "; leave one of the two out");
  return withEnergyRule(result.data, given);
}

/** The JSON Schema of the configuration, for editors. */
export function configJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(configSchema, { io: "input" });
  return { ...schema, title: "Configuration of a run" };
}

/** How many wrong keys are named: to name one takes a while. */
const mostLines = 5;

function unusable(code: string, lines: readonly string[], path: string, hint = ""): Misuse {
  const said = lines.slice(0, mostLines).join("; ");
  return new Misuse({ code, message: `Cannot use the configuration: ${said}${hint}.`, path });
}

function refuseRepeated(text: string, path: string): void {
  const repeated = repeatedKey(text);
  if (!repeated) return;
  const { name, places: [first, second] } = repeated;
  const lines = [`"${name}" must be there once: it is there at ${first} and at ${second}`];
  throw unusable("config.repeated", lines, `${path}:${second}`);
}

/** The schema passes over this name where any may be, and knows it nowhere else. */
function refusePrototype(value: unknown, path: string): void {
  for (const [section, key, what] of [["fitness", "weights", "measure"], ["selection", "reference", "objective"]]) {
    if (!Object.hasOwn(Object(valueAt(value, [section!, key!])), "__proto__")) continue;
    throw unusable("config.invalid", [`"${section}.${key}.__proto__" is unknown; no ${what} has this name`], path);
  }
}

/** A key that has another name now is named with it, and the whole file is shown with the present names. */
function refuseFormer(value: unknown, path: string): void {
  const corrected = renamed(value);
  if (!corrected) return;
  const names = corrected.names.map(([former, present]) => `"${former}" is "${present}"`).join(", ");
  const message = `Cannot use the configuration as some of its keys have other names now: ${names}. ` +
    `This is the same configuration with these names:\n${corrected.text.trimEnd()}`;
  throw new Misuse({ code: "config.renamed", message, path });
}

function describe(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.slice(0, mostLines).map((key) => unknownKey(key, issue.path)).join("; ");
  }
  const current = valueAt(value, issue.path);
  const shown = Object(current) === current ? "" : `: it is ${shownValue(current)}`;
  const subject = issue.path.length === 0 ? "it" : `"${name(issue.path)}"`;
  return `${subject} must ${demand(issue, current)}${current === undefined ? "" : shown}`;
}

function shownValue(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function unknownKey(key: string, path: readonly PropertyKey[]): string {
  const valid = Object.keys(schemaAt(path)?.properties ?? {});
  const near = nearest(key, valid);
  const hint = near === undefined
    ? `valid are ${valid.join(", ")}`
    : `the nearest valid one is "${name([...path, near])}"`;
  return `"${name([...path, key])}" is unknown; ${hint}`;
}

function demand(issue: z.core.$ZodIssue, current: unknown): string {
  switch (issue.code) {
    case "too_small":
      return isLength(issue.origin)
        ? `have at least ${counted(issue.origin, issue.minimum)}`
        : `be ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
    case "too_big":
      return isLength(issue.origin)
        ? `have at most ${counted(issue.origin, issue.maximum)}`
        : `be at most ${issue.maximum}`;
    case "invalid_type":
      return `be ${kinds[issue.expected] ?? `of type ${issue.expected}`}`;
    case "invalid_value": {
      const near = nearest(String(current), issue.values.map(String));
      return `be ${issue.values.join(", ")}${near === undefined ? "" : `, the nearest is "${near}"`}`;
    }
    case "invalid_format":
      return issue.format === "url" ? "be a URL with http or https" : format(issue.pattern ?? "", current);
    default:
      return issue.message.replace(/^must /, "");
  }
}

function isLength(origin: string): boolean {
  return origin === "array" || origin === "string";
}

function counted(origin: string, count: number | bigint): string {
  const [one, many] = origin === "string" ? ["character", "characters"] : ["entry", "entries"];
  return `${count} ${String(count) === "1" ? one : many}`;
}

const kinds: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a finite number",
  string: "a text",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
};

/** Spells out the patterns that are a choice of words, `^(tournament|energy|…)$`, or the path of a module. */
function format(pattern: string, current: unknown): string {
  if (/^\/?\^plugins/.test(pattern)) return "be the path of a module in plugins/, such as plugins/mine.ts";
  if (pattern.includes("EVOLVE_")) return "be the name of a variable that begins with EVOLVE_, in capitals";
  const words = pattern.match(/^\/?\^\(([a-z0-9|-]+)\|/)?.[1]?.split("|");
  if (!words) return `match ${pattern}`;
  const near = nearest(String(current), words);
  return `be ${words.join(", ")} or the path of a module in plugins/` + (near ? `, the nearest is "${near}"` : "");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((at, part) => Object(at)[part], value);
}

function schemaAt(path: readonly PropertyKey[]): Schema | undefined {
  let at: Schema | undefined = configJsonSchema() as Schema;
  for (const part of path) at = typeof part === "number" ? at?.items : at?.properties?.[String(part)];
  return at;
}

function name(path: readonly PropertyKey[]): string {
  return path.map(String).join(".");
}
