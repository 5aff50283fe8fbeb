/**
 * What there is to see of an episode, for people: each state as a list of shapes, later ones over earlier ones. No score
 * depends on it; without this file there is nothing to see.
 *
 * @module
 */

import type { Shape } from "evolve/contract";
import type { Place, State } from "./world.ts";

/** The part of the plane that is seen. */
export const area = { x: 0, y: 0, width: 100, height: 100 };

/** Towns, as large as their people are many, their ways to the nearest depot, and the depots. */
export function view({ towns, depots }: State): Shape[] {
  return [
    ...towns.flatMap(({ place }) => depots.length === 0 ? [] : [wayOf(place, depots)]),
    ...towns.map(({ place: [x, y], people, way }): Shape => ({
      shape: "circle",
      x,
      y,
      radius: Math.sqrt(people) / 2,
      color: "blue",
      label: `${people} people, ${Math.round(way)} to go`,
    })),
    ...depots.map(([x, y], at): Shape => ({
      shape: "cell",
      x: x - 1.5,
      y: y - 1.5,
      width: 3,
      height: 3,
      color: "orange",
      label: `depot ${at + 1}`,
    })),
  ];
}

function wayOf(place: Place, depots: readonly Place[]): Shape {
  const length = ([x, y]: Place) => (x - place[0]) * (x - place[0]) + (y - place[1]) * (y - place[1]);
  const nearest = depots.reduce((best, depot) => length(depot) < length(best) ? depot : best);
  return { shape: "line", points: [place, nearest], color: "grey" };
}
