/**
 * Reads the configuration of a run.
 *
 * @module
 */

import { Misuse } from "../util/issue.ts";
import { infoOf } from "../util/files.ts";
import { lazily } from "../util/lazy.ts";
import { errnoOf, isOfOnePath } from "../util/system_error.ts";
import { defaultConfig } from "./config_defaults.ts";
import type { Config } from "./config_schema.ts";
import type { RunPaths } from "./paths.ts";

const maxBytes = 1_048_576;

/**
 * The configuration of a run, complete and valid; the defaults where there is no `config.json`.
 *
 * Needs read permission for `workspace/config.json`. The schema is loaded only for a file that is not plainly in order.
 *
 * @throws {Misuse} If the file is no JSON, has an unknown key or a value out of range: names the key and what it must be.
 */
export async function loadConfig(paths: RunPaths): Promise<Config> {
  const text = await readConfig(paths.config);
  if (text === undefined) return structuredClone(defaultConfig);
  const { plainConfig } = await import("./config_plain.ts");
  const plain = plainConfig(text);
  if (plain) return plain;
  const { parseConfig } = await lazily<typeof import("./config_check.ts")>("./config_check.ts", import.meta.url);
  return parseConfig(text, paths.config);
}

/**
 * The keys that the configuration of a run sets, by section and key, with their values; none where there is no `config.json`.
 *
 * Needs read permission for `workspace/config.json`.
 *
 * @throws {Misuse} If the file can't be read or is no JSON.
 */
export async function configuredKeys(paths: RunPaths): Promise<ReadonlyMap<string, unknown>> {
  const text = await readConfig(paths.config);
  if (text === undefined) return new Map();
  const { givenKeys } = await import("./config_text.ts");
  return givenKeys(text, paths.config);
}

/**
 * The text of the configuration; `undefined` where there is none, which a file that can't be read is not.
 *
 * Needs read permission for it.
 *
 * @throws {Misuse} If it is no file, can't be read, or is too long.
 */
export async function readConfig(path: string): Promise<string | undefined> {
  try {
    if (infoOf(path) === undefined) return undefined;
    const { size, isFile } = await Deno.stat(path);
    if (!isFile) throw unusable(path, "it must be a file");
    if (size > maxBytes) throw unusable(path, `it must be at most ${maxBytes} bytes long: it has ${size}`);
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw unusable(path, "it must be a file: it is a link to nothing");
    if (!isOfOnePath(error)) throw error;
    throw unusable(path, `it must be readable: ${errnoOf(error)}, ${error.message}`);
  }
}

function unusable(path: string, why: string): Misuse {
  return new Misuse({ code: "config.unreadable", message: `Cannot read the configuration as ${why}.`, path });
}
