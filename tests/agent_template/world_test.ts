import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { act, begin, type Field, finished, judge, perceive, world } from "../../agent_template/world.ts";
import type { Setup } from "../../lib/runtime/contract.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";

const [STAY, NORTH, EAST, SOUTH, WEST, EAT] = [0, 1, 2, 3, 4, 5];
const valley = world.environments.valley;

function setup(changed: Partial<Setup> & { readonly seed?: string; readonly place?: string } = {}): Setup {
  const { seed = "seed", place = "place", ...rest } = changed;
  const random = stream(deriveSeed(seed)), layout = stream(deriveSeed(place));
  return { random, layout, environment: valley, steps: world.steps, genes: 10, instance: 0, data: {}, ...rest };
}

/** A field without anything in it but what is put there. */
function emptyField(changed: Readonly<Record<string, number>> = {}): Field {
  const nothing = { walls: 0, rooms: 0, thorns: 0, patches: 0, storm: 0, poisonous: 0, ...changed };
  const field = begin(setup({ environment: { ...valley, ...nothing } }));
  field.column = 5;
  field.row = 5;
  return field;
}

function cell(field: Field, column: number, row: number): number {
  return row * field.size + column;
}

function put(field: Field, column: number, row: number, colour: number): void {
  field.patches.push({ column, row, colour, berries: 1, ripe: 1 });
  field.food[cell(field, column, row)] = colour;
  field.owner[cell(field, column, row)] = field.patches.length - 1;
}

/** Acts at random to the end, and gives the rewards. */
function wander(field: Field, steps: number = world.steps): number[] {
  const random = stream(deriveSeed("wander"));
  const rewards: number[] = [];
  while (!finished(field) && rewards.length < steps) rewards.push(act(field, Math.floor(random() * 6)));
  return rewards;
}

Deno.test("begin() makes the layout of its stream alone, whatever else is new in an episode", () => {
  const a = begin(setup({ seed: "one" })), b = begin(setup({ seed: "two" })), c = begin(setup({ place: "elsewhere" }));
  assertEquals([a.ground, a.food], [b.ground, b.food]);
  assertNotEquals(a.ground, c.ground);
});

Deno.test("begin() puts the agent on a free cell, in every environment", () => {
  for (const environment of Object.values(world.environments)) {
    for (let i = 0; i < 50; i++) {
      const field = begin(setup({ environment, seed: `${i}`, place: `${i}` }));
      assertEquals(field.ground[cell(field, field.column, field.row)], 0);
      assertEquals(field.poisonous.filter((one) => one).length, environment.poisonous);
    }
  }
});

Deno.test("all environments have the same settings", () => {
  for (const environment of Object.values(world.environments)) {
    assertEquals(Object.keys(environment).sort(), Object.keys(valley).sort());
  }
});

Deno.test("perceive() shows finite numbers by the same names, and changes nothing", () => {
  const field = begin(setup());
  const names = Object.keys(perceive(field));
  for (const reward of wander(field)) assert(Number.isFinite(reward));
  const before = structuredClone({ ...field, random: undefined });
  const seen = perceive(field);
  assertEquals(Object.keys(seen), names);
  assert(Object.values(seen).every(Number.isFinite));
  assertEquals(structuredClone({ ...field, random: undefined }), before);
});

Deno.test("perceive() shows what is next to the agent, and hides hidden thorns", () => {
  const field = emptyField();
  put(field, 6, 5, 2);
  field.ground[cell(field, 5, 4)] = 1;
  field.ground[cell(field, 5, 6)] = 2;
  field.ground[cell(field, 4, 5)] = 2;
  field.hidden[cell(field, 4, 5)] = true;
  const seen = perceive(field);
  assertEquals([seen.foodHere, seen.foodEast, seen.wayNorth, seen.waySouth, seen.wayWest], [0, 2, 1, 2, 0]);
});

Deno.test("perceive() smells a colour from where it grows, the nearer the stronger", () => {
  const field = emptyField();
  put(field, 7, 5, 3);
  const near = perceive(field);
  assert(near.blueX! > 0 && near.blueY === 0 && near.redX === 0);
  field.column = 3;
  assert(perceive(field).blueX! < near.blueX!);
});

Deno.test("act() feeds an agent that eats, once, until the berry has grown again", () => {
  const field = emptyField();
  put(field, 5, 5, 1);
  const before = field.energy;
  assertEquals(act(field, EAT), 1);
  assertAlmostEquals(field.energy, before + valley.meal - field.cost);
  assertEquals(act(field, EAT), 0);
  for (let i = 0; i < 2 * valley.regrow; i++) act(field, STAY);
  assertEquals(field.food[cell(field, 5, 5)], 1);
  assertEquals(judge(field).score, 1);
});

Deno.test("act() harms an agent that eats poison, enters thorns or moves in a storm", () => {
  const field = emptyField();
  put(field, 5, 5, 1);
  field.poisonous[1] = true;
  field.ground[cell(field, 6, 5)] = 2;
  assertEquals(act(field, EAT), -valley.poison);
  assertEquals(act(field, EAST), -valley.scratch);
  field.storm = true;
  assertAlmostEquals(act(field, SOUTH), -valley.gale);
  assertEquals(act(field, STAY), 0);
});

Deno.test("act() stops at walls and at the border", () => {
  const field = emptyField();
  field.row = 0;
  act(field, NORTH);
  assertEquals([field.column, field.row, field.bumped], [5, 0, 1]);
  field.ground[cell(field, 4, 0)] = 1;
  act(field, WEST);
  assertEquals([field.column, field.bumped], [5, 1]);
});

Deno.test("finished() when the energy is out: the more genes, the sooner", () => {
  const few = wander(begin(setup({ genes: 2 }))).length, many = wander(begin(setup({ genes: 30 }))).length;
  assert(many < few && few <= world.steps);
});

Deno.test("judge() gives food minus harm and never less than 0; the rewards add up to it", () => {
  for (let i = 0; i < 30; i++) {
    const field = begin(setup({ seed: `${i}`, place: `${i}` }));
    const total = wander(field).reduce((sum, reward) => sum + reward, 0);
    const { score, measures } = judge(field);
    assertAlmostEquals(total, measures.gathered! - measures.harm!, 1e-9);
    assertAlmostEquals(score, Math.max(0, total), 1e-9);
  }
});

Deno.test("judge() gives nothing for staying alive", () => {
  const field = begin(setup());
  for (let i = 0; i < 50; i++) act(field, STAY);
  assertEquals(judge(field).score, 0);
});
