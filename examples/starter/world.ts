/**
 * The problem: four depots on a map of towns, so that people have a short way to the nearest one.
 *
 * An episode is one map, and a step places one depot. Replace all of it by your own problem: what must be here is said at
 * each export. Other than by their arguments these functions must know nothing: they run beside the agent, and once more
 * where it is judged.
 *
 * @module
 */

import type { ObjectiveJudgement, Setup, WorldSettings } from "evolve/contract";

/** What the problem is. It is read and not run, so that it holds literals alone. */
export const world = {
  // What an agent does in a step: x and y of a depot. What is missing or too far becomes a place on the map.
  action: { space: "box", length: 2, low: 0, high: 100 },
  // What it perceives before each step: one number, or a list of so many.
  observation: { left: 1, centre: 2, worst: 2 },
  // What comes out, and whether less or more of it is better. Selection goes by the first one.
  objectives: [{ name: "way", sense: "minimise" }],
  // The phases of a step: a gene says in which one it is called. An action is told in `act`.
  phases: ["look", "act"],
  steps: 4,
  // Maps that evolution sees, and maps that it never sees.
  instances: { train: 6, test: 2 },
  // Nothing is random here, so a genome is judged once.
  noisy: false,
  memory: "episode",
  // Numbers that may differ from run to run; `setup.environment` has those of the one that is chosen.
  environments: { plain: {} },
} as const satisfies WorldSettings;

/** `data/towns.csv`, column by column: each row is a town on one of the maps. */
interface Data {
  readonly towns: Readonly<Record<"map" | "x" | "y" | "people", readonly number[]>>;
}

/** A place on a map. */
export type Place = readonly [x: number, y: number];

/** A town, with the way to its nearest depot; while there is none it is as far as the map is wide. */
interface Town {
  readonly place: Place;
  readonly people: number;
  way: number;
}

/** An episode as it stands. */
export interface State {
  readonly map: number;
  readonly steps: number;
  readonly towns: readonly Town[];
  readonly depots: Place[];
}

/** Begins an episode: the state that all other functions are given. */
export function begin({ data, instance, steps }: Setup<Data>): State {
  const { map, x, y, people } = data.towns;
  const towns: Town[] = [];
  for (let row = 0; row < map.length; row++) {
    if (map[row] === instance) towns.push({ place: [x[row]!, y[row]!], people: people[row]!, way: 100 });
  }
  return { map: instance, steps, towns, depots: [] };
}

/** Tells the agent what it perceives, as `observation` declares it, and changes nothing. */
export function perceive({ towns, depots, steps }: State) {
  let worst = towns[0]!;
  for (const town of towns) if (town.people * town.way > worst.people * worst.way) worst = town;
  return { left: steps - depots.length, centre: centreOf(towns), worst: worst.place };
}

/** Does what the agent decided. The reward is for genes that learn; more is better. */
export function act(state: State, [x, y]: readonly number[]): number {
  const before = meanWay(state);
  const depot: Place = [x!, y!];
  state.depots.push(depot);
  for (const town of state.towns) town.way = Math.min(town.way, distance(town.place, depot));
  return before - meanWay(state);
}

/** Whether the episode is over before its last step. */
export function finished(_state: State): boolean {
  return false;
}

/** Judges the episode: each objective, and any other measure that reports are to show. */
export function judge(state: State): ObjectiveJudgement {
  return {
    objectives: { way: meanWay(state) },
    measures: { longest: Math.max(...state.towns.map(({ way }) => way)) },
  };
}

/** What was found, as your own program wants it: `deno task answers best` prints it. */
export function answer(state: State) {
  return { map: state.map, depots: state.depots, way: meanWay(state) };
}

/** The mean way of all people. */
function meanWay({ towns }: State): number {
  let sum = 0;
  let people = 0;
  for (const town of towns) {
    sum += town.people * town.way;
    people += town.people;
  }
  return sum / people;
}

/** Where the people are on average, those with a long way counted most. */
function centreOf(towns: readonly Town[]): Place {
  let x = 0;
  let y = 0;
  let sum = 0;
  for (const { place, people, way } of towns) {
    const weight = people * way;
    x += weight * place[0];
    y += weight * place[1];
    sum += weight;
  }
  return sum === 0 ? [50, 50] : [x / sum, y / sum];
}

function distance([ax, ay]: Place, [bx, by]: Place): number {
  return Math.sqrt((ax - bx) * (ax - bx) + (ay - by) * (ay - by));
}
