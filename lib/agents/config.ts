/**
 * Reads the configuration of a run.
 *
 * @module
 */

import { Misuse } from "../issue.ts";
import { defaultConfig } from "./config_defaults.ts";
import type { Config } from "./config_schema.ts";
import type { RunPaths } from "./paths.ts";

const maxBytes = 1_048_576;

/**
 * The configuration of a run, complete and valid; the defaults where there is no `config.json`.
 *
 * Needs read permission for `workspace/config.json`. The schema is loaded only if that file exists.
 *
 * @throws {Misuse} If the file is no JSON, has an unknown key or a value out of range: names the key and what it must be.
 */
export async function loadConfig(paths: RunPaths): Promise<Config> {
  const text = await read(paths.config);
  if (text === undefined) return structuredClone(defaultConfig);
  const { parseConfig } = await import("./config_check.ts");
  return parseConfig(text, paths.config);
}

async function read(path: string): Promise<string | undefined> {
  try {
    const { size, isFile } = await Deno.stat(path);
    if (!isFile) throw unusable(path, "it must be a file");
    if (size > maxBytes) throw unusable(path, `it must be at most ${maxBytes} bytes long: it has ${size}`);
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function unusable(path: string, why: string): Misuse {
  return new Misuse({ code: "config.unreadable", message: `Cannot read the configuration as ${why}.`, path });
}
