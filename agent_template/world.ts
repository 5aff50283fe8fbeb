/**
 * A walled field with berries, thorns and storms: the default problem.
 *
 * Berries of three colours grow in patches and grow again some time after they were eaten. In each
 * episode some colours are poisonous, and only eating tells which. Thorns hurt who enters them; some are
 * hidden. In a storm who moves is hurt, and fog makes the sky hard to read. Every step costs energy, and every
 * active gene makes it dearer; a meal gives energy back. Who has no energy left can do nothing more.
 *
 * The layout (walls, thorns, patches) is the same for all agents of an epoch; the poisonous
 * colours, the weather and the place to start from are new in each episode.
 *
 * Perception: `column`, `row`; `foodHere`, `foodNorth` … (0 none, 1 red, 2 green, 3 blue); `wayNorth` … (0 free,
 * 1 blocked, 2 thorns); `redX`, `redY`, `greenX` … (from where the smell of a colour comes: +X is east, +Y is
 * south); `energy` (1 is what an episode begins with), `bumped`, `hurt`, `sky` (1 storm, 0 calm).
 *
 * @module
 */

import type { Judgement, Setup, WorldSettings } from "evolve/contract";

/** Actions, phases and environments. */
export const world = {
  actions: ["stay", "north", "east", "south", "west", "eat"],
  phases: ["sense", "think", "act", "learn"],
  steps: 200,
  episodes: 3,
  noisy: true,
  memory: "episode",
  environments: {
    // A little of everything, so that the combination pays.
    valley: {
      size: 18,
      walls: 8,
      rooms: 0,
      scratch: 1,
      thorns: 24,
      hidden: 0.3,
      patches: 12,
      berries: 5,
      regrow: 50,
      smell: 9,
      poison: 2,
      poisonous: 1,
      gale: 0.7,
      storm: 14,
      calm: 30,
      fog: 0.2,
      energy: 30,
      upkeep: 0.05,
      gene: 0.04,
      meal: 2,
    },
    // Smell alone leads from patch to patch.
    meadow: {
      size: 24,
      walls: 0,
      rooms: 0,
      scratch: 1,
      thorns: 0,
      hidden: 0,
      patches: 8,
      berries: 4,
      regrow: 90,
      smell: 14,
      poison: 2,
      poisonous: 0,
      gale: 0.5,
      storm: 0,
      calm: 0,
      fog: 0,
      energy: 30,
      upkeep: 0.1,
      gene: 0.01,
      meal: 1,
    },
    // Two of three colours are poisonous.
    orchard: {
      size: 16,
      walls: 4,
      rooms: 0,
      scratch: 1,
      thorns: 0,
      hidden: 0,
      patches: 12,
      berries: 5,
      regrow: 60,
      smell: 8,
      poison: 2,
      poisonous: 2,
      gale: 0.5,
      storm: 0,
      calm: 0,
      fog: 0,
      energy: 30,
      upkeep: 0.1,
      gene: 0.01,
      meal: 1,
    },
    // Thorns everywhere, half of them hidden.
    thicket: {
      size: 16,
      walls: 0,
      rooms: 0,
      scratch: 1,
      thorns: 64,
      hidden: 0.5,
      patches: 9,
      berries: 5,
      regrow: 60,
      smell: 8,
      poison: 2,
      poisonous: 0,
      gale: 0.5,
      storm: 0,
      calm: 0,
      fog: 0,
      energy: 30,
      upkeep: 0.1,
      gene: 0.01,
      meal: 1,
    },
    // Rooms with doors and no smell: what was found must be found again.
    maze: {
      size: 16,
      walls: 0,
      rooms: 4,
      scratch: 1,
      thorns: 0,
      hidden: 0,
      patches: 5,
      berries: 5,
      regrow: 25,
      smell: 0,
      poison: 2,
      poisonous: 0,
      gale: 0.5,
      storm: 0,
      calm: 0,
      fog: 0,
      energy: 30,
      upkeep: 0.1,
      gene: 0.01,
      meal: 1,
    },
    // No smell, few and rich patches: news from others is worth much.
    dark: {
      size: 28,
      walls: 6,
      rooms: 0,
      scratch: 1,
      thorns: 0,
      hidden: 0,
      patches: 3,
      berries: 13,
      regrow: 50,
      smell: 0,
      poison: 2,
      poisonous: 0,
      gale: 0.5,
      storm: 0,
      calm: 0,
      fog: 0,
      energy: 30,
      upkeep: 0.1,
      gene: 0.01,
      meal: 1,
    },
    // Storms under a clear sky.
    coast: {
      size: 16,
      walls: 4,
      rooms: 0,
      scratch: 1,
      thorns: 0,
      hidden: 0,
      patches: 9,
      berries: 5,
      regrow: 60,
      smell: 8,
      poison: 2,
      poisonous: 0,
      gale: 0.5,
      storm: 12,
      calm: 18,
      fog: 0,
      energy: 30,
      upkeep: 0.1,
      gene: 0.01,
      meal: 1,
    },
    // Storms in fog: one look at the sky tells little.
    moor: {
      size: 16,
      walls: 4,
      rooms: 0,
      scratch: 1,
      thorns: 0,
      hidden: 0,
      patches: 9,
      berries: 5,
      regrow: 60,
      smell: 8,
      poison: 2,
      poisonous: 0,
      gale: 1.5,
      storm: 24,
      calm: 36,
      fog: 0.3,
      energy: 30,
      upkeep: 0.1,
      gene: 0.01,
      meal: 1,
    },
  },
} as const satisfies WorldSettings;

/** The settings that each environment has. */
type Rules = Readonly<Record<keyof typeof world.environments.valley, number>>;

const EAT = 5;
const BLOCKED = 1;
const THORNS = 2;

/** Some cells in which berries of one colour grow. */
interface Patch {
  readonly column: number;
  readonly row: number;
  readonly colour: number;
  readonly berries: number;
  ripe: number;
}

/** A berry that was eaten and grows again. */
interface Bare {
  readonly cell: number;
  readonly patch: number;
  readonly until: number;
}

/** The state of an episode. A cell's index is `row * size + column`. */
export interface Field {
  readonly random: () => number;
  readonly environment: Rules;
  readonly size: number;
  /** What a step costs. */
  readonly cost: number;
  /** By cell: 0 free, 1 blocked, 2 thorns. */
  readonly ground: number[];
  /** By cell: whether its thorns are hidden. */
  readonly hidden: boolean[];
  /** By cell: the colour of the ripe berry there, or 0. */
  readonly food: number[];
  /** By cell: the index of its patch, or -1. */
  readonly owner: number[];
  readonly patches: Patch[];
  /** By colour: whether it is poisonous. */
  readonly poisonous: boolean[];
  bare: Bare[];
  step: number;
  column: number;
  row: number;
  energy: number;
  storm: boolean;
  /** Steps until the weather changes; -1: never. */
  change: number;
  sky: number;
  bumped: number;
  hurt: number;
  gathered: number;
  harm: number;
}

/** Makes the field: layout first, then what is new in each episode. */
export function begin(setup: Setup): Field {
  const { random } = setup;
  const environment = setup.environment as Rules;
  const size = environment.size;
  const cells = size * size;
  const field: Field = {
    random,
    environment,
    size,
    cost: environment.upkeep + environment.gene * setup.genes,
    ground: new Array(cells).fill(0),
    hidden: new Array(cells).fill(false),
    food: new Array(cells).fill(0),
    owner: new Array(cells).fill(-1),
    patches: [],
    poisonous: [false, false, false, false],
    bare: [],
    step: 0,
    column: 0,
    row: 0,
    energy: environment.energy,
    storm: false,
    change: environment.storm > 0 ? Math.floor(environment.calm * (0.5 + random())) : -1,
    sky: 0,
    bumped: 0,
    hurt: 0,
    gathered: 0,
    harm: 0,
  };
  if (environment.rooms > 0) buildRooms(field, setup.layout);
  for (let i = 0; i < environment.walls; i++) buildWall(field, setup.layout);
  for (let i = 0; i < environment.patches; i++) plant(field, i, setup.layout);
  for (let i = 0; i < environment.thorns; i++) growThorns(field, setup.layout);
  for (let left = environment.poisonous; left > 0; left--) poison(field);
  settle(field);
  return field;
}

/** What the agent perceives: its surroundings, the smells, the sky and itself. */
export function perceive(field: Field): Record<string, number> {
  const { column, row, food, size, patches } = field;
  const here = row * size + column;
  const seen = {
    column,
    row,
    foodHere: food[here]!,
    foodNorth: row > 0 ? food[here - size]! : 0,
    foodEast: column < size - 1 ? food[here + 1]! : 0,
    foodSouth: row < size - 1 ? food[here + size]! : 0,
    foodWest: column > 0 ? food[here - 1]! : 0,
    wayNorth: row > 0 ? look(field, here - size) : BLOCKED,
    wayEast: column < size - 1 ? look(field, here + 1) : BLOCKED,
    waySouth: row < size - 1 ? look(field, here + size) : BLOCKED,
    wayWest: column > 0 ? look(field, here - 1) : BLOCKED,
    redX: 0,
    redY: 0,
    greenX: 0,
    greenY: 0,
    blueX: 0,
    blueY: 0,
    energy: field.energy / field.environment.energy,
    bumped: field.bumped,
    hurt: field.hurt,
    sky: field.sky,
  };
  const range = field.environment.smell;
  for (let i = 0; i < patches.length; i++) {
    const patch = patches[i]!;
    const dx = patch.column - column, dy = patch.row - row;
    const distance = Math.abs(dx) + Math.abs(dy);
    if (distance === 0 || distance >= range) continue;
    const near = 1 - distance / range;
    const strength = near * near * patch.ripe / patch.berries / distance;
    if (patch.colour === 1) {
      seen.redX += dx * strength;
      seen.redY += dy * strength;
    } else if (patch.colour === 2) {
      seen.greenX += dx * strength;
      seen.greenY += dy * strength;
    } else {
      seen.blueX += dx * strength;
      seen.blueY += dy * strength;
    }
  }
  return seen;
}

/** Applies an action. The reward is what it adds to food gathered minus harm. */
export function act(field: Field, action: number): number {
  const before = field.gathered - field.harm;
  field.bumped = 0;
  field.hurt = 0;
  if (action === EAT) eat(field);
  else if (action > 0) move(field, action);
  field.energy -= field.cost;
  field.step++;
  regrow(field);
  changeWeather(field);
  return field.gathered - field.harm - before;
}

/** The episode is over when the energy is out. */
export function finished(field: Field): boolean {
  return field.energy <= 0;
}

/** Food gathered minus harm, at least 0. */
export function judge(field: Field): Judgement {
  const { gathered, harm, step } = field;
  return { score: Math.max(0, gathered - harm), measures: { gathered, harm, lived: step } };
}

function move(field: Field, action: number): void {
  if (field.storm) hurt(field, field.environment.gale);
  const column = field.column + (action === 2 ? 1 : action === 4 ? -1 : 0);
  const row = field.row + (action === 3 ? 1 : action === 1 ? -1 : 0);
  const way = ground(field, column, row);
  if (way === BLOCKED) {
    field.bumped = 1;
    return;
  }
  if (way === THORNS) hurt(field, field.environment.scratch);
  field.column = column;
  field.row = row;
}

function eat(field: Field): void {
  const cell = field.row * field.size + field.column;
  const colour = field.food[cell]!;
  if (colour === 0) return;
  const patch = field.owner[cell]!;
  field.food[cell] = 0;
  field.patches[patch]!.ripe--;
  const wait = field.environment.regrow * (0.5 + field.random());
  field.bare.push({ cell, patch, until: field.step + wait });
  if (field.poisonous[colour]) return hurt(field, field.environment.poison);
  field.gathered++;
  field.energy += field.environment.meal;
}

function hurt(field: Field, much: number): void {
  field.harm += much;
  field.hurt += much;
}

function regrow(field: Field): void {
  const { bare, step } = field;
  for (let i = bare.length - 1; i >= 0; i--) {
    const berry = bare[i]!;
    if (berry.until > step) continue;
    const patch = field.patches[berry.patch]!;
    patch.ripe++;
    field.food[berry.cell] = patch.colour;
    bare[i] = bare[bare.length - 1]!;
    bare.pop();
  }
}

function changeWeather(field: Field): void {
  const { storm, calm, fog } = field.environment;
  if (field.change < 0) return;
  if (field.change-- === 0) {
    field.storm = !field.storm;
    field.change = Math.floor((field.storm ? storm : calm) * (0.5 + field.random()));
  }
  const misread = fog > 0 && field.random() < fog;
  field.sky = field.storm !== misread ? 1 : 0;
}

function ground(field: Field, column: number, row: number): number {
  const { size } = field;
  if (column < 0 || row < 0 || column >= size || row >= size) return BLOCKED;
  return field.ground[row * size + column]!;
}

/** What can be seen of a cell. */
function look(field: Field, cell: number): number {
  const way = field.ground[cell]!;
  return way === THORNS && field.hidden[cell] ? 0 : way;
}

/** Walls in a lattice, each side of a room with a door. */
function buildRooms(field: Field, layout: () => number): void {
  const { size } = field;
  const room = field.environment.rooms;
  for (let line = room; line < size; line += room + 1) {
    for (let start = 0; start < size; start += room + 1) {
      const doors = [start + Math.floor(layout() * room), start + Math.floor(layout() * room)];
      for (let at = start; at <= start + room && at < size; at++) {
        if (at !== doors[0]) field.ground[line * size + at] = BLOCKED;
        if (at !== doors[1]) field.ground[at * size + line] = BLOCKED;
      }
    }
  }
}

function buildWall(field: Field, layout: () => number): void {
  const { size } = field;
  const across = layout() < 0.5;
  const length = 3 + Math.floor(layout() * 4);
  const column = Math.floor(layout() * size), row = Math.floor(layout() * size);
  for (let i = 0; i < length; i++) {
    const x = column + (across ? i : 0), y = row + (across ? 0 : i);
    if (x < size && y < size) field.ground[y * size + x] = BLOCKED;
  }
}

/** A patch: free cells around a centre, nearest first. */
function plant(field: Field, index: number, layout: () => number): void {
  const { size } = field;
  const column = 1 + Math.floor(layout() * (size - 2)), row = 1 + Math.floor(layout() * (size - 2));
  const colour = 1 + index % 3;
  let berries = 0;
  for (let radius = 0; radius < 4; radius++) {
    for (let dy = -radius; dy <= radius; dy++) {
      const rest = radius - Math.abs(dy);
      for (let dx = -rest; dx <= rest; dx += rest > 0 ? 2 * rest : 1) {
        const x = column + dx, y = row + dy, cell = y * size + x;
        if (berries >= field.environment.berries || ground(field, x, y) !== 0 || field.owner[cell]! >= 0) continue;
        field.owner[cell] = index;
        field.food[cell] = colour;
        berries++;
      }
    }
  }
  field.patches.push({ column, row, colour, berries: Math.max(1, berries), ripe: berries });
}

function growThorns(field: Field, layout: () => number): void {
  const cell = Math.floor(layout() * field.ground.length);
  const hidden = layout() < field.environment.hidden;
  if (field.ground[cell] !== 0 || field.owner[cell]! >= 0) return;
  field.ground[cell] = THORNS;
  field.hidden[cell] = hidden;
}

function poison(field: Field): void {
  let colour = 1 + Math.floor(field.random() * 3);
  while (field.poisonous[colour]) colour = 1 + colour % 3;
  field.poisonous[colour] = true;
}

/** Puts the agent on a free cell. */
function settle(field: Field): void {
  let cell = Math.floor(field.random() * field.ground.length);
  while (field.ground[cell] !== 0) cell = (cell + 1) % field.ground.length;
  field.column = cell % field.size;
  field.row = Math.floor(cell / field.size);
}
