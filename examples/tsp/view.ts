/**
 * The cities and the tour that was told.
 *
 * @module
 */

import type { Shape } from "evolve/contract";
import type { State } from "./world.ts";

/** What there is to see: the tour, the city that it begins at in another colour, and cities that it leaves out. */
export function view({ instance: { x, y }, tour }: State): Shape[] {
  const radius = extentOf(x, y) / 150;
  const visited = new Set(tour);
  const points = [...tour, ...tour.slice(0, 1)].filter((city) => city < x.length)
    .map((city): [number, number] => [x[city]!, y[city]!]);
  const line: Shape[] = points.length === 0 ? [] : [{ shape: "line", points, color: "blue" }];
  const cities = x.map((_, city): Shape => ({
    shape: "circle",
    x: x[city]!,
    y: y[city]!,
    radius: city === tour[0] ? 2 * radius : radius,
    color: city === tour[0] ? "orange" : visited.has(city) ? "ink" : "red",
    label: visited.has(city) ? `city ${city}` : `city ${city}, not visited`,
  }));
  return [...line, ...cities];
}

function extentOf(x: readonly number[], y: readonly number[]): number {
  return Math.max(Math.max(...x) - Math.min(...x), Math.max(...y) - Math.min(...y));
}
