/**
 * The travelling salesman problem: the shortest closed tour through all cities.
 *
 * An episode is one instance and one step. Genes know its distances, search, and tell a tour; what a move or a tour
 * comes to they may ask of the world 10,000 times. A tour is worth its gap: how many percent it is longer than the
 * shortest one that is known.
 *
 * @module
 */

import type { ObjectiveJudgement, Probed, Setup, WorldSettings } from "evolve/contract";

/** An action is a tour: the numbers of the cities in their order; what comes after the last city does not count. */
export const world = {
  action: { space: "box", length: 105, low: 0, high: 104, integer: true },
  objectives: [{ name: "gap", sense: "minimise" }],
  probes: 10_000,
  phases: ["prepare", "construct", "act"],
  steps: 1,
  episodes: 8,
  instances: { train: 64, test: 107 },
  noisy: true,
  memory: "episode",
  environments: { plain: {} },
} as const satisfies WorldSettings;

/** An instance as it stands in `data/`. */
export interface Instance {
  readonly name: string;
  /** How distances are rounded, in the words of TSPLIB. @default "EUC_2D" */
  readonly metric?: "EUC_2D" | "ATT";
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The length of the shortest tour that is known. */
  readonly best: number;
}

/** The files of `data/`: generated instances to train on and to test with, and those of TSPLIB. */
export interface Data {
  readonly train: readonly Instance[];
  readonly test: readonly Instance[];
  readonly tsplib: readonly Instance[];
}

/** An instance, and the tour that was told. */
export interface State {
  readonly instance: Instance;
  readonly distances: readonly (readonly number[])[];
  tour: readonly number[];
}

/** Instances to train on come first, then those to test with, the seven of TSPLIB last. */
export function begin({ data, instance }: Setup<Data>): State {
  const { train, test, tsplib } = data;
  const chosen = [train, test, tsplib].flat()[instance]!;
  return { instance: chosen, distances: distancesOf(chosen), tour: [] };
}

/** The distances between all cities and where these lie, for the whole episode. */
export function inform({ instance, distances }: State) {
  return { distances, x: instance.x, y: instance.y };
}

/** There is nothing that changes. */
export function perceive(_state: State): Record<string, number> {
  return {};
}

/**
 * What a tour comes to, a point of all cities: its length. Or a move: what it makes a tour longer. A move is a closed
 * walk `a, b, c, d, …` in which the ways from a to b, c to d, … are left out, those from b to c, …, and from the last
 * city to a, put in.
 */
export function probe({ distances }: State, point: readonly number[]): Probed {
  const cities = distances.length;
  const isTour = point.length === cities;
  let value = 0;
  for (let i = 0; i < point.length; i++) {
    const distance = distances[point[i]!]?.[point[i + 1 < point.length ? i + 1 : 0]!];
    if (distance === undefined) return { value: nowhere };
    value += isTour || i % 2 === 1 ? distance : -distance;
  }
  return { value };
}

/** What a point costs that names a city which there is not. */
const nowhere = 1e12;

/** Takes a tour. */
export function act(state: State, action: readonly number[]): number {
  state.tour = action.slice(0, state.distances.length);
  return -gapOf(state);
}

/** There is one step. */
export function finished(_state: State): boolean {
  return false;
}

/** The gap in percent; a city that is not visited is one that must be. */
export function judge(state: State): ObjectiveJudgement {
  const { tour, distances } = state;
  const missing = distances.length - visited(state).size;
  return {
    objectives: { gap: gapOf(state) },
    ...(missing > 0 && { violation: missing }),
    measures: { length: lengthOf(distances, tour) },
  };
}

/** The tour by the cities' numbers, from 0, and its length. */
export function answer({ instance, distances, tour }: State) {
  return { instance: instance.name, tour, length: lengthOf(distances, tour), best: instance.best };
}

/** The cities of the tour, each once. */
function visited({ tour, distances }: State): Set<number> {
  return new Set(tour.filter((city) => city < distances.length));
}

/** The gap of what was told; cities that are missing come in order at its end, so that nothing is gained by leaving some out. */
function gapOf(state: State): number {
  const { instance, distances } = state;
  const whole = visited(state);
  for (let city = 0; city < distances.length; city++) whole.add(city);
  return 100 * (lengthOf(distances, [...whole]) / instance.best - 1);
}

/** The length of a closed tour. */
function lengthOf(distances: State["distances"], tour: readonly number[]): number {
  let length = 0;
  for (let i = 0; i < tour.length; i++) {
    length += distances[tour[i]!]?.[tour[i + 1 < tour.length ? i + 1 : 0]!] ?? 0;
  }
  return length;
}

/** Distances in whole numbers, as TSPLIB computes them. */
function distancesOf({ x, y, metric }: Instance): number[][] {
  const distance = metric === "ATT" ? pseudoEuclidean : euclidean;
  return x.map((_, a) => x.map((_, b) => distance(x[a]! - x[b]!, y[a]! - y[b]!)));
}

function euclidean(dx: number, dy: number): number {
  return Math.floor(Math.sqrt(dx * dx + dy * dy) + 0.5);
}

function pseudoEuclidean(dx: number, dy: number): number {
  return Math.ceil(Math.sqrt((dx * dx + dy * dy) / 10));
}
