/**
 * Where in its source a world fails: for those who have to repair it.
 *
 * @module
 */

import { pathToFileURL } from "node:url";
import { worldFile } from "../../run/layout.ts";
import { launch } from "../../isolation/launch.ts";
import type { Launcher } from "../../isolation/launcher.ts";
import type { ProcessLimits } from "../../isolation/limits.ts";
import type { Failure } from "../../isolation/outcome.ts";
import { readFileLimited } from "../../util/files.ts";

/** What a world is looked through with. */
export interface LocateParts {
  readonly launcher: Launcher;
  readonly limits: ProcessLimits;
  /** The source of the world. */
  readonly world: string;
  /** JSON of the worlds of the cycle. */
  readonly worldsJson: string;
  /** The line of the world's data; absent where there is none. */
  readonly data?: string;
}

/** Longest world in bytes that is looked through. */
const mostBytes = 1024 * 1024;

/**
 * The file and line in which a world failed, such as `world.ts:12`.
 *
 * What was done is done over again with the source as it was written, in a process without permissions; where that tells
 * nothing, as nothing was thrown, it is the line of the function that the failure names.
 *
 * Needs run permission for `/bin/sh` and read permission for the world's source.
 */
export async function locate(parts: LocateParts, failure: Failure): Promise<string> {
  const line = await lineThrown(parts, failure) ?? await lineNamed(parts, failure);
  return line === undefined ? worldFile : `${worldFile}:${line}`;
}

async function lineThrown(parts: LocateParts, { actions = [] }: Failure): Promise<number | undefined> {
  const { launcher, limits, worldsJson, data = "" } = parts;
  const world = pathToFileURL(parts.world).href;
  const [judge, taking] = ["judge", "data"].map((name) => new URL(`../../runtime/${name}.ts`, import.meta.url).href);
  const request = `{"token":"","genes":0,"worlds":${worldsJson},"evidence":${JSON.stringify(actions)}}`;
  const script = `import * as source from ${JSON.stringify(world)};
import { judge } from ${JSON.stringify(judge)};
import { takesData } from ${JSON.stringify(taking)};
takesData(${JSON.stringify(data)});
let stack = "";
const noted = (run) => (...given) => {
  try {
    return run(...given);
  } catch (error) {
    stack ||= String(error?.stack);
    throw error;
  }
};
const world = Object.fromEntries(
  Object.entries(source).map(([name, value]) => [name, typeof value === "function" ? noted(value) : value]),
);
for (const failed of [true, false]) judge(world, { ...${request}, failed });
console.log(stack);
`;
  const command = launcher.sandboxed("-", limits, Number.POSITIVE_INFINITY);
  const end = await launch(command, new TextEncoder().encode(script), { wallMs: 20_000, outputBytes: 65_536 });
  const found = new TextDecoder().decode(end.stdout).split(`${world}:`)[1]?.match(/^\d+/);
  return found ? Number(found[0]) : undefined;
}

async function lineNamed({ world }: LocateParts, { message }: Failure): Promise<number | undefined> {
  const name = message.match(/world\.ts#([A-Za-z]+)/)?.[1];
  if (name === undefined) return undefined;
  const bytes = await readFileLimited(world, mostBytes).catch(() => undefined);
  if (!bytes) return undefined;
  const text = new TextDecoder().decode(bytes);
  const at = text.split("\n").findIndex((line) => new RegExp(`^export (?:function|const) ${name}\\b`).test(line));
  return at < 0 ? undefined : at + 1;
}
