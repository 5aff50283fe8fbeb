import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import type { Agent, GeneContext } from "../../lib/runtime/contract.ts";
import { deriveSeed } from "../../lib/runtime/random.ts";
import { type LoadAlone, policy, run } from "../../lib/runtime/standalone.ts";
import { Stage } from "../../lib/runtime/stage.ts";
import { line, madeAgent } from "./made_agent.ts";

/** Learns by reward, draws, remembers, and is given what the world tells. */
const genes = {
  "sense src/a.ts#look": (context: GeneContext) => context.emit("at", context.perception.at!),
  "act src/a.ts#walk": (context: GeneContext) =>
    Math.floor(context.random() * 2 + context.recall("worth") * 0.5 + (context.signal("at") % 2) * 0.5) % 3,
  "learn src/a.ts#learn": (context: GeneContext) =>
    context.remember("worth", context.recall("worth") * 0.5 + context.reward + context.total * 0.01),
};

function loading(world: Agent["world"] = line): LoadAlone {
  return (take) => take(madeAgent(genes, world));
}

const seed = { genes: deriveSeed("a"), world: deriveSeed("b"), layout: deriveSeed("c") };

Deno.test("policy() acts as run() does where it is shown the same and given the same rewards", () => {
  const { actions } = run(loading(), { seed });
  const { act } = policy(loading(), { seed });
  const stage = new Stage(line, { seed: seed.world, layout: seed.layout, environment: { width: 50 }, steps: 20 }, 3);
  let reward = 0;
  for (const action of actions) {
    assertEquals(act(stage.perceive(), reward), action);
    reward = stage.act(action);
  }
  assertEquals([actions.length, new Set(actions).size > 1], [20, true]);
});

Deno.test("policy() gives what a gene reads as instance and steps, and the same seed the same actions", () => {
  const told = (take: (agent: Agent) => void) =>
    take(
      madeAgent({
        "act src/a.ts#go": ({ instance, steps, random }: GeneContext) => instance?.goal ?? (steps + 0 * +!random) % 3,
      }),
    );
  assertEquals(policy(told, { inform: { goal: 2 } }).act({}), 2);
  assertEquals(policy(told, { steps: 7 }).act({}), 1);
  const [one, two, other] = [
    policy(loading(), { seed: 5 }),
    policy(loading(), { seed: 5 }),
    policy(loading(), { seed: 6 }),
  ];
  const many = ({ act }: typeof one) => Array.from({ length: 30 }, (_, at) => act({ at }, at % 2));
  const actions = many(one);
  assertEquals(many(two), actions);
  assertNotEquals(many(other), actions);
  const root = deriveSeed("genome");
  const [first, second] = [5, 6].map((seed) => many(policy(loading(), { seed }, root)));
  assertEquals(first, second, "random numbers are the genome's");
  assertNotEquals(first, actions);
});

Deno.test("run() gives objectives and measures apart, and takes each of its options", () => {
  const world = {
    ...line,
    world: { ...line.world, objectives: [{ name: "at", sense: "minimise" }] },
  } as Agent["world"];
  const judging = { ...world, judge: () => ({ objectives: { at: -2 }, violation: 3, measures: { more: 1 } }) };
  const { objectives, violation, measures, answer } = run(loading({ ...judging, answer: () => ({ way: [1] }) }));
  assertEquals({ objectives, violation, measures, answer }, {
    objectives: { at: -2 },
    violation: 3,
    measures: { more: 1 },
    answer: { way: [1] },
  });
  const asked: unknown[] = [];
  const begin = (setup: Parameters<typeof line.begin>[0]) => {
    asked.push({ data: setup.data, environment: setup.environment, instance: setup.instance });
    return line.begin(setup);
  };
  const given = { list: [1] };
  assertEquals(run(loading({ ...line, begin } as never), { data: given, instance: 4, steps: 2 }).actions.length, 2);
  run(loading({ ...line, begin } as never), { environment: { width: 7 } });
  assertEquals(asked, [
    { data: given, environment: { width: 50 }, instance: 4 },
    { data: {}, environment: { width: 7 }, instance: 0 },
  ]);
  assert(!Object.isFrozen(given.list), "the program's own data is left alone");
});

Deno.test("run() and policy() refuse what they can't use, and say what a gene threw", () => {
  const wrong: [Record<string, unknown>, string][] = [
    [{ sed: 1 }, "options must be of data, environment, instance, seed, steps: it is sed"],
    [{ seed: NaN }, "seed must be a text or a number"],
    [{ seed: { ...seed, world: "x" } }, "seed.world must be 32 hexadecimal digits"],
    [{ steps: 0 }, "steps must be a whole number from 1"],
    [{ instance: -1 }, "instance must be a whole number from 0"],
    [{ environment: "mars" }, "environment must be one of plain, or settings: it is mars"],
  ];
  for (const [options, demand] of wrong) assertThrows(() => run(loading(), options as never), TypeError, demand);
  assertThrows(() => policy(loading(), { data: {} } as never), TypeError, "options must be of seed, steps, inform");
  assertThrows(() => policy(loading()).act({ at: 1 }, NaN), TypeError, "reward must be a finite number");
  const failing = (take: (agent: Agent) => void) =>
    take(madeAgent({
      "act src/a.ts#fail": () => {
        throw new TypeError("no way");
      },
    }));
  assertThrows(() => run(failing), Error, "src/a.ts#fail threw a TypeError: no way");
  const looking = (take: (agent: Agent) => void) =>
    take(madeAgent({ "act src/a.ts#look": (context: GeneContext) => void context.genome }));
  assertThrows(() => run(looking), Error, "genome as it is no part of this module");
});
