import { assert, assertEquals } from "@std/assert";
import { view } from "../../agent_template/view.ts";
import { act, begin, type Field, finished, world } from "../../agent_template/world.ts";
import type { Shape } from "../../lib/runtime/contract.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { shapesOf } from "../../lib/runtime/shapes.ts";

function field(environment: Readonly<Record<string, number>>): Field {
  const random = stream(deriveSeed("seed")), layout = stream(deriveSeed("place"));
  return begin({ random, layout, environment, steps: world.steps, genes: 10, instance: 0, data: {} });
}

/** How many shapes are of a label. */
function count(shapes: readonly Shape[], label: RegExp): number {
  return shapes.filter((shape) => label.test(shape.label ?? "")).length;
}

Deno.test("view() draws every field at every step, and all that is in it", () => {
  const random = stream(deriveSeed("wander"));
  for (const environment of Object.values(world.environments)) {
    const state = field(environment);
    const walls = state.ground.filter((ground) => ground === 1).length;
    for (let step = 0; step < 60 && !finished(state); step++) {
      const shapes = view(state);
      const held = shapesOf(shapes);
      assert(held.ok, held.ok ? "" : held.demand);
      assertEquals(count(shapes, /^wall$/), walls);
      assertEquals(count(shapes, /^the agent/), 1);
      const ripe = state.food.filter((colour) => colour > 0);
      const poisonous = ripe.filter((colour) => state.poisonous[colour]);
      assertEquals(count(shapes, /berry$/) + count(shapes, /poisonous$/) / 2, ripe.length);
      assertEquals(count(shapes, /poisonous$/), 2 * poisonous.length);
      act(state, Math.floor(random() * 6));
    }
  }
});

Deno.test("view() shows where the agent is, and that it is hurt", () => {
  const state = field(world.environments.meadow);
  state.column = 3;
  state.row = 7;
  state.hurt = 1;
  const agent = view(state).find(({ label }) => label === "the agent, hurt");
  assertEquals(agent?.shape === "circle" && [agent.x, agent.y, agent.color], [3.5, 7.5, "orange"]);
});
