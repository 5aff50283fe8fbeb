/**
 * What a shape must be: held to it where a world's view gives it, and once more where it comes from a process that is not
 * trusted.
 *
 * @module
 */

import type { Shape } from "./contract.ts";
import { limits } from "./limits.ts";
import { colors } from "./shape_colors.ts";

const { hasOwn, keys } = Object;
const { isFinite, isSafeInteger } = Number;
const { isArray } = Array;

/** A copy of what was held to the demands, or the first one that it does not meet, as the rest of a sentence. */
export type Held<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly demand: string };

/** A field: what it must be, and its copy, undefined where it is something else. */
interface Field {
  readonly demand: string;
  readonly optional?: true;
  read(value: unknown): unknown;
}

const number: Field = { demand: `a finite number up to ${limits.coordinate}`, read: (value) => coordinate(value) };
const size: Field = {
  demand: `a number from 0 to ${limits.coordinate}`,
  read: (value) => typeof value === "number" && value >= 0 ? coordinate(value) : undefined,
};
const text: Field = {
  demand: `a text of at most ${limits.shapeText} characters`,
  read: (value) => typeof value === "string" && value.length <= limits.shapeText ? value : undefined,
};
const points: Field = { demand: "a list of points [x, y], finite numbers, at least one", read: pointsOf };
const color: Field = {
  demand: `one of ${colors.join(", ")}, or a whole number from 0 on`,
  read: (value) => colors.includes(value as string) || isSafeInteger(value) && value as number >= 0 ? value : undefined,
};

const looks = { color: optional(color), label: optional(text) };

const shapes: Readonly<Record<Shape["shape"], Readonly<Record<string, Field>>>> = {
  circle: { x: number, y: number, radius: size, ...looks },
  line: { points, width: optional(size), ...looks },
  cell: { x: number, y: number, width: size, height: size, ...looks },
  text: { x: number, y: number, text, size: optional(size), ...looks },
};

/** Copies of the shapes of one frame. */
export function shapesOf(given: unknown): Held<Shape[]> {
  if (!isArray(given)) return broken("a list of shapes");
  if (given.length > limits.shapes) return broken(`at most ${limits.shapes} shapes: they are ${given.length}`);
  const copies: Shape[] = [];
  let left: number = limits.points;
  for (let i = 0; i < given.length; i++) {
    const held = shapeOf(given[i]);
    if (!held.ok) return broken(`shapes as the contract says: shape ${i} must ${held.demand}`);
    if (held.value.shape === "line") left -= held.value.points.length;
    if (left < 0) return broken(`lines with at most ${limits.points} points in all`);
    copies.push(held.value);
  }
  return { ok: true, value: copies };
}

/** A copy of one shape, its fields in a fixed order; or what it must do, beginning with a verb. */
export function shapeOf(given: unknown): Held<Shape> {
  if (typeof given !== "object" || given === null) return broken("be a record");
  const from = given as Readonly<Record<string, unknown>>;
  const kind = from["shape"];
  if (typeof kind !== "string" || !hasOwn(shapes, kind)) {
    return broken(`have as shape ${keys(shapes).join(", ")}${found(kind)}`);
  }
  const fields = shapes[kind as Shape["shape"]];
  for (const name of keys(from)) {
    if (name === "shape" || hasOwn(fields, name)) continue;
    return broken(`have no other fields than those of a ${kind}, ${keys(fields).join(", ")}: it has ${shown(name)}`);
  }
  const copy: Record<string, unknown> = { shape: kind };
  for (const name in fields) {
    const { demand, optional, read } = fields[name]!;
    const value = from[name];
    if (optional && value === undefined) continue;
    if ((copy[name] = read(value)) === undefined) {
      return broken(`have as ${name} of a ${kind} ${demand}${found(value)}`);
    }
  }
  return { ok: true, value: copy as unknown as Shape };
}

function optional(field: Field): Field {
  return { ...field, optional: true };
}

function coordinate(value: unknown): number | undefined {
  return isFinite(value) && value as number <= limits.coordinate && value as number >= -limits.coordinate
    ? value as number + 0
    : undefined;
}

function pointsOf(value: unknown): number[][] | undefined {
  if (!isArray(value) || value.length === 0 || value.length > limits.points) return undefined;
  const copies: number[][] = [];
  for (let i = 0; i < value.length; i++) {
    const point: unknown = value[i];
    if (!isArray(point) || point.length !== 2) return undefined;
    const x = coordinate(point[0]), y = coordinate(point[1]);
    if (x === undefined || y === undefined) return undefined;
    copies.push([x, y]);
  }
  return copies;
}

/** What was found instead, of what is short enough to say. */
function found(value: unknown): string {
  if (typeof value === "string") return `; it is ${shown(value)}`;
  return typeof value === "number" || value === undefined || value === null ? `; it is ${value}` : "";
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

function broken(demand: string): { readonly ok: false; readonly demand: string } {
  return { ok: false, demand };
}
