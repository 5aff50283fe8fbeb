/**
 * Reads a plain command line without loading anything.
 *
 * @module
 */

import type { Flag, Flags } from "./flags.ts";

/**
 * The values of a command line in which each argument is `--name` or `--name value`, named in full and valid.
 *
 * A chain starts eight steps a cycle, and all of them are started so.
 *
 * @returns `undefined` for anything else, help and mistakes included: that is for Stricli, which also says what is wrong.
 */
export function readPlain(flags: Flags, args: readonly string[]): Record<string, unknown> | undefined {
  const texts = new Map<string, string | true>();
  for (let i = 0; i < args.length; i++) {
    const name = nameOf(args[i]!);
    const flag = name !== undefined && Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (name === undefined || flag === undefined || texts.has(name)) return undefined;
    if (flag.kind === "parsed" && flag.variadic) return undefined;
    const text = flag.kind === "boolean" ? true : args[++i];
    if (text === undefined || (text !== true && text.startsWith("-"))) return undefined;
    texts.set(name, text);
  }
  try {
    return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, valueOf(flag, texts.get(name))]));
  } catch {
    return undefined;
  }
}

/** The name of a flag in camelCase, if it is written in kebab-case. */
function nameOf(arg: string): string | undefined {
  if (!/^--[a-z]+(-[a-z]+)*$/.test(arg)) return undefined;
  return arg.slice(2).replace(/-[a-z]/g, (part) => part[1]!.toUpperCase());
}

function valueOf(flag: Flag, given: string | true | undefined): unknown {
  const text = given ?? flag.default;
  if (flag.kind === "boolean") return text ?? (flag.optional ? undefined : false);
  if (typeof text !== "string") {
    if (flag.optional) return undefined;
    throw new TypeError("a flag is missing");
  }
  if (flag.kind === "parsed") return flag.parse(text);
  if (!flag.values.includes(text)) throw new TypeError("no such value");
  return text;
}
