/**
 * Checks a configuration against its schema and says what is wrong in words.
 *
 * @module
 */

import { z } from "zod";
import { Misuse } from "../issue.ts";
import { type Config, configSchema } from "./config_schema.ts";
import { nearest } from "./nearest.ts";

/** What {@linkcode z.toJSONSchema} gives, as far as it is read here. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/**
 * The configuration that a text holds.
 *
 * @param text JSON.
 * @param path Where it was read, for messages.
 * @throws {Misuse} If the text is no JSON or no valid configuration; names each wrong key, at most five of them.
 */
export function parseConfig(text: string, path: string): Config {
  const value = parseJson(text, path);
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.slice(0, 5).map((issue) => describe(issue, value));
  throw new Misuse({ code: "config.invalid", message: `Cannot use the configuration: ${lines.join("; ")}.`, path });
}

/** The JSON Schema of the configuration, for editors. */
export function configJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(configSchema, { io: "input" });
  return { ...schema, title: "Configuration of a run" };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Misuse(
      { code: "config.syntax", message: `Cannot read the configuration: ${(error as Error).message}.`, path },
      { cause: error },
    );
  }
}

function describe(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(key, issue.path)).join("; ");
  const current = valueAt(value, issue.path);
  const shown = typeof current === "object" ? "" : `: it is ${JSON.stringify(current)}`;
  const subject = issue.path.length === 0 ? "it" : `"${name(issue.path)}"`;
  return `${subject} must ${demand(issue, current)}${current === undefined ? "" : shown}`;
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
      return issue.origin === "array" || issue.origin === "string"
        ? `have at least ${issue.minimum} entries`
        : `be ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
    case "too_big":
      return issue.origin === "array" || issue.origin === "string"
        ? `have at most ${issue.maximum} entries`
        : `be at most ${issue.maximum}`;
    case "invalid_type":
      return `be ${kinds[issue.expected] ?? `of type ${issue.expected}`}`;
    case "invalid_format":
      return issue.format === "url" ? "be a URL with http or https" : format(issue.pattern ?? "", current);
    default:
      return issue.message.replace(/^must /, "");
  }
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

/** Spells out the patterns that are a choice of words: `^(tournament|energy|…)$`. */
function format(pattern: string, current: unknown): string {
  const words = pattern.match(/^\/?\^\(([a-z|]+)\|/)?.[1]?.split("|");
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
