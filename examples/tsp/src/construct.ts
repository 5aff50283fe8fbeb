/**
 * Tours made from nothing. Each gene makes one and has the world measure it; the shortest goes on as `tour` and `length`.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** Nearest neighbour begins in so many cities; which curve fills the space, and whether it is turned by a quarter. */
export const parameters = {
  starts: { kind: "integer", min: 1, max: 20, default: 3, scale: "log" },
  curve: { kind: "choice", options: ["hilbert", "strips"], default: "hilbert" },
  turned: { kind: "boolean", default: false },
} as const;

interface Instance {
  readonly distances: readonly (readonly number[])[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}

type Construct = GeneContext<typeof parameters, Record<string, never>, Instance>;

/**
 * Joins the ends of ways that are nearest to each other.
 *
 * @phase construct
 */
export function greedy(context: Construct): void {
  const { distances } = context.instance;
  const cities = distances.length;
  const joined = distances.map((): number[] => []);
  const part = distances.map((_, city) => city);
  for (const [a, b] of edges(distances)) {
    if (joined[a]!.length > 1 || joined[b]!.length > 1 || part[a] === part[b]) continue;
    joined[a]!.push(b);
    joined[b]!.push(a);
    const [from, to] = [part[b]!, part[a]!];
    for (let city = 0; city < cities; city++) if (part[city] === from) part[city] = to;
  }
  offer(context, walk(joined));
}

/** All pairs of cities, the nearest first. */
function edges(distances: Instance["distances"]): (readonly [number, number])[] {
  const cities = distances.length;
  const keys: number[] = [];
  for (let a = 0; a < cities; a++) {
    for (let b = a + 1; b < cities; b++) keys.push((distances[a]![b]! * cities + a) * cities + b);
  }
  return Array.from(
    Float64Array.from(keys).sort(),
    (key) => [Math.floor(key / cities) % cities, key % cities] as const,
  );
}

/** The cities from one end of a way to the other. */
function walk(joined: readonly (readonly number[])[]): number[] {
  let city = joined.findIndex((others) => others.length < 2);
  const tour: number[] = [];
  for (let before = -1; tour.length < joined.length;) {
    tour.push(city);
    const next = joined[city]!.find((other) => other !== before);
    if (next === undefined) break;
    [before, city] = [city, next];
  }
  return tour;
}

/**
 * Goes to the nearest city that has not been visited, from several beginnings.
 *
 * @phase construct
 */
export function nearestNeighbour(context: Construct): void {
  const { distances } = context.instance;
  for (let start = 0; start < context.parameters.starts; start++) {
    const left = new Set(distances.keys());
    const tour: number[] = [];
    let city: number | undefined = Math.floor(context.random() * distances.length);
    while (city !== undefined) {
      tour.push(city);
      left.delete(city);
      city = nearestOf(left, distances[city]!);
    }
    offer(context, tour);
  }
}

function nearestOf(cities: Iterable<number>, row: readonly number[]): number | undefined {
  let nearest: number | undefined;
  for (const city of cities) if (nearest === undefined || row[city]! < row[nearest]!) nearest = city;
  return nearest;
}

/**
 * Visits the cities in the order in which a curve that fills the space comes to them (Platzman and Bartholdi 1989).
 *
 * @phase construct
 */
export function spaceFillingCurve(context: Construct): void {
  const { curve, turned } = context.parameters;
  const { x, y } = context.instance;
  const [u, v] = turned ? [unit(y), unit(x)] : [unit(x), unit(y)];
  const key = curve === "hilbert" ? hilbert : strips(x.length);
  const keys = u.map((at, city) => key(at, v[city]!));
  offer(context, keys.map((_, city) => city).sort((a, b) => keys[a]! - keys[b]! || a - b));
}

/** Coordinates brought to `[0, 1)`. */
function unit(coordinates: readonly number[]): number[] {
  const [low, high] = [Math.min(...coordinates), Math.max(...coordinates)];
  return coordinates.map((at) => (at - low) / (high - low + 1));
}

/** Where Hilbert's curve comes by a place. */
function hilbert(x: number, y: number): number {
  let key = 0;
  for (let level = 0; level < 12; level++) {
    const [right, top] = [x >= 0.5 ? 1 : 0, y >= 0.5 ? 1 : 0];
    key = 4 * key + (right === 1 ? 3 - top : top);
    [x, y] = [2 * x - right, 2 * y - top];
    if (top === 0) [x, y] = right === 1 ? [1 - y, 1 - x] : [y, x];
  }
  return key;
}

/** Up one strip and down the next. */
function strips(cities: number): (x: number, y: number) => number {
  const count = Math.max(1, Math.round(Math.sqrt(cities / 3)));
  return (x, y) => {
    const strip = Math.floor(x * count);
    return strip + (strip % 2 === 0 ? y : 1 - y);
  };
}

/** Hands a tour on where it is shorter than the one that there is. */
function offer(context: Construct, tour: readonly number[]): void {
  const found = context.probe(tour);
  if (found === undefined || (context.vector("tour").length > 0 && found.value >= context.signal("length"))) return;
  context.emit("tour", tour);
  context.emit("length", found.value);
}
