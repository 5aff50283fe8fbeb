/**
 * What was drawn of the best agent for the report: a file beside it.
 *
 * @module
 */

import type { EpisodeFrames, ViewArea } from "../runtime/contract.ts";
import { spread } from "../tables/spread.ts";
import type { Issue } from "../util/issue.ts";
import { areFrames } from "./frames.ts";
import type { PageEpisode } from "./page.ts";

/** Name of the file in the folder of reports. */
export const keptReplayFile = "replay.json";

/** The longest such file in bytes; a page of a report is to stay below five times that. */
export const mostKeptReplay = 1024 * 1024;

/** Whose episodes they are. */
export interface ReplayOf {
  readonly id: string;
  readonly genomeHash: string;
  readonly cycle: number;
}

/** What was drawn, or why it could not be. */
export type KeptReplay =
  & { readonly version: 1; readonly of: ReplayOf }
  & (
    | { readonly episodes: readonly PageEpisode[]; readonly area?: ViewArea; readonly issue?: undefined }
    | { readonly issue: Issue; readonly episodes?: undefined }
  );

/**
 * The file's text, read and checked: frames are held to all bounds once more, as whatever may write the file is no part of this.
 *
 * @returns Undefined where it is anything else.
 */
export function parseKeptReplay(text: string): KeptReplay | undefined {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(given) || given.version !== 1 || !isRecord(given.of)) return undefined;
  const { of: { id, genomeHash, cycle }, issue, episodes, area } = given;
  if (typeof id !== "string" || typeof genomeHash !== "string" || !Number.isSafeInteger(cycle)) return undefined;
  const of = { id, genomeHash, cycle: cycle as number };
  if (isRecord(issue)) {
    const { code, message } = issue;
    return typeof code === "string" && typeof message === "string"
      ? { version: 1, of, issue: { code, message } }
      : undefined;
  }
  if (!Array.isArray(episodes) || episodes.length === 0 || !episodes.every(isEpisode)) return undefined;
  if (area !== undefined && !isArea(area)) return undefined;
  return { version: 1, of, episodes, ...(area !== undefined && { area }) };
}

function isEpisode(given: unknown): given is PageEpisode {
  if (!isRecord(given) || typeof given.name !== "string" || !areFrames(given.drawn)) return false;
  const { facts = [] } = given;
  return Array.isArray(facts) &&
    facts.every((fact) => Array.isArray(fact) && fact.length === 2 && fact.every((part) => typeof part === "string"));
}

function isArea(given: unknown): given is ViewArea {
  if (!isRecord(given)) return false;
  const { x, y, width, height } = given;
  return [x, y, width, height].every(Number.isFinite) && (width as number) > 0 && (height as number) > 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Fewer frames, evenly spread, the first and the last among them; shapes that are in none of them go. */
export function thinned({ shapes, frames }: EpisodeFrames, most: number): EpisodeFrames {
  if (frames.length <= most) return { shapes, frames };
  const places = new Map<number, number>();
  const placeOf = (shape: number) => places.get(shape) ?? (places.set(shape, places.size), places.size - 1);
  const renumbered = spread(frames, most).map(({ step, shapes }) => ({ step, shapes: shapes.map(placeOf) }));
  return { shapes: [...places.keys()].map((shape) => shapes[shape]!), frames: renumbered };
}
