/**
 * Frames as a process that is not trusted gives them, held to the bounds that all who draw them rely on.
 *
 * @module
 */

import type { EpisodeFrames } from "../runtime/contract.ts";
import { limits } from "../runtime/limits.ts";
import { shapeOf } from "../runtime/shapes.ts";

/**
 * Whether something is what was drawn of one episode: plain JSON of known fields, within all bounds.
 *
 * @param given What `JSON.parse` gave.
 * @param most How many frames were asked for at most.
 */
export function areFrames(given: unknown, most: number = limits.frames): given is EpisodeFrames {
  if (!isRecordOf(given, ["shapes", "frames"])) return false;
  const { shapes, frames } = given;
  if (!Array.isArray(shapes) || !Array.isArray(frames) || frames.length === 0 || frames.length > most) return false;
  if (shapes.length > limits.shapes * frames.length || !shapes.every((shape) => shapeOf(shape).ok)) return false;
  const points = shapes.map((shape) => shape.shape === "line" ? shape.points.length : 0);
  let before = -1;
  for (const frame of frames) {
    if (!isRecordOf(frame, ["step", "shapes"]) || !isPlace(frame["step"], Infinity) || frame["step"] <= before) {
      return false;
    }
    before = frame["step"];
    if (!arePlaces(frame["shapes"], points)) return false;
  }
  return true;
}

function arePlaces(places: unknown, points: readonly number[]): boolean {
  if (!Array.isArray(places) || places.length > limits.shapes) return false;
  let left: number = limits.points;
  return places.every((place) => isPlace(place, points.length) && (left -= points[place]!) >= 0);
}

function isPlace(value: unknown, end: number): value is number {
  return Number.isSafeInteger(value) && value as number >= 0 && value as number < end;
}

function isRecordOf(value: unknown, names: readonly string[]): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const own = Object.keys(value);
  return own.length === names.length && names.every((name) => own.includes(name));
}
