/**
 * The text of a configuration, as JSON, and the keys that it sets.
 *
 * @module
 */

import { Misuse } from "../util/issue.ts";
import { keysOf } from "./config_idle.ts";

/** Some editors begin a text with a byte order mark, which is no JSON. */
export function withoutMark(source: string): string {
  return source.replace(/^\uFEFF/, "");
}

/**
 * The value that a configuration's text stands for.
 *
 * @param path Where it was read, for messages.
 * @throws {Misuse} If the text is no JSON.
 */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Misuse(
      { code: "config.syntax", message: `Cannot read the configuration: ${(error as Error).message}.`, path },
      { cause: error },
    );
  }
}

/**
 * The keys that a valid configuration sets, by section and key.
 *
 * @param source JSON.
 * @param path Where it was read, for messages.
 * @throws {Misuse} If the text is no JSON.
 */
export function givenKeys(source: string, path: string): Map<string, unknown> {
  return keysOf(parseJson(withoutMark(source), path) as object);
}
