import { assertEquals, assertMatch } from "@std/assert";
import type { Agent, JudgeReply, Shape, View } from "../../lib/runtime/contract.ts";
import { draw, sampled } from "../../lib/runtime/view.ts";

interface Place {
  at: number;
}

/** An action is added, from 0 to 9; the score is where it ends. */
const world = {
  world: {
    action: { space: "discrete", count: 10 },
    phases: ["act"],
    steps: 5,
    episodes: 1,
    noisy: false,
    memory: "episode",
    environments: { plain: {} },
  },
  begin: ({ random }) => ({ at: 0, random }),
  perceive: () => ({}),
  act: (state: Place, action: number) => state.at += action,
  finished: (state: Place) => state.at >= 20,
  judge: ({ at }: Place) => ({ score: at, measures: {} }),
} as Agent["world"];

const seeds = { seed: "0".repeat(32), layout: "1".repeat(32), environment: {}, steps: 5 };

function drawn(view: View<never>["view"], most: number | undefined = 500, evidence = [[1, 2, 3, 4, 5]]): JudgeReply {
  const worlds = evidence.map(() => seeds);
  return draw(() => ({ world, view }), { token: "t", genes: 0, worlds, evidence, view: most });
}

function refusal(view: (state: Place & { random(): number }) => unknown): string {
  const reply = drawn(view as never);
  return reply.ok ? "it was drawn" : reply.message;
}

const text = ({ at }: Place): Shape[] => [{ shape: "text", x: 0, y: 0, text: `${at}` }, {
  shape: "cell",
  x: 0,
  y: -0,
  width: 1,
  height: 1,
}];

Deno.test("draw() gives a frame of the beginning and after each action, each different shape once", () => {
  const reply = drawn(text);
  if (!reply.ok) throw new Error(reply.message);
  const [{ shapes, frames }] = reply.frames! as [NonNullable<typeof reply.frames>[number]];
  assertEquals(shapes.map((shape) => shape.shape === "text" ? shape.text : shape), [
    "0",
    { shape: "cell", x: 0, y: 0, width: 1, height: 1 },
    ...["1", "3", "6", "10", "15"],
  ]);
  assertEquals(frames.map(({ step, shapes }) => [step, ...shapes]), [
    [0, 0, 1],
    ...[[1, 2, 1], [2, 3, 1], [3, 4, 1], [4, 5, 1], [5, 6, 1]],
  ]);
  assertEquals(reply.judgements, [{ score: 15, measures: {} }]);
});

Deno.test("draw() judges what was done in a playing that no view has seen", () => {
  const spoiling = (state: Place) => {
    state.at = 1000;
    return [];
  };
  const reply = drawn(spoiling, 500, [[1, 1, 1, 1, 1], [9, 9, 9]]);
  assertEquals(reply.ok && reply.judgements.map(({ score }) => score), [5, 27]);
  assertEquals(reply.ok && reply.frames!.map(({ frames }) => frames.length), [6, 4]);
  const refused = drawn(text, 500, [[9, 9, 9, 9]]);
  assertMatch(refused.ok ? "" : refused.message, /after the end of the episode/);
});

Deno.test("draw() draws nothing unless it is asked, and of one frame the last", () => {
  const never = () => {
    throw new Error("it was asked");
  };
  const silent = draw(() => ({ world, view: never }), { token: "t", genes: 0, worlds: [seeds], evidence: [[9, 9, 9]] });
  assertEquals([silent.ok, silent.ok && silent.frames], [true, undefined]);
  const last = drawn(text, 1);
  assertEquals(last.ok && last.frames![0]!.frames.map(({ step }) => step), [5]);
});

Deno.test("sampled() takes all, or as many as there may be, evenly, with both ends", () => {
  assertEquals([sampled(1, 500), sampled(3, 500), sampled(9, 1)], [[0], [0, 1, 2], [8]]);
  assertEquals(sampled(11, 6), [0, 2, 4, 6, 8, 10]);
  for (const [count, most] of [[501, 500], [100_001, 500], [7, 3], [2, 2]] as const) {
    const steps = sampled(count, most);
    assertEquals([steps.length, steps[0], steps.at(-1)], [most, 0, count - 1]);
    const gaps = steps.slice(1).map((step, i) => step - steps[i]!);
    assertEquals(Math.max(...gaps) - Math.min(...gaps) <= 1 && Math.min(...gaps) > 0, true, `${count} ${most}`);
  }
});

const cell = { shape: "cell", x: 0, y: 0, width: 1, height: 1 };

Deno.test("draw() gives one message, and no frame, where a view gives what it must not", () => {
  const wrong: [(state: Place & { random(): number }) => unknown, RegExp][] = [
    [() => undefined, /^view\.ts#view must give a list of shapes$/],
    [() => ({ length: 1, 0: cell }), /a list of shapes$/],
    [() => new Array(10_000_000), /at most 2000 shapes: they are 10000000$/],
    [() => [cell, null], /shape 1 must be a record$/],
    [() => [{ ...cell, x: NaN }], /shape 0 must have as x of a cell a finite number up to 1000000000000; it is NaN$/],
    [() => [{ ...cell, y: 2e12 }], /as y of a cell/],
    [() => [{ ...cell, width: -1 }], /as width of a cell a number from 0/],
    [() => [{ ...cell, height: "1" }], /as height of a cell/],
    [() => [{ ...cell, colour: "red" }], /no other fields than those of a cell, .*: it has "colour"$/],
    [() => [{ ...cell, color: "#ff0000" }], /as color of a cell one of ink, grey, .*; it is "#ff0000"$/],
    [() => [{ ...cell, color: -1 }], /as color of a cell/],
    [() => [{ ...cell, label: "x".repeat(201) }], /as label of a cell a text of at most 200 characters/],
    [() => [{ shape: "script", text: "alert()" }], /must have as shape circle, line, cell, text; it is "script"$/],
    [() => [{ shape: "constructor" }], /must have as shape/],
    [() => [{ shape: "circle", x: 0, y: 0 }], /as radius of a circle .*; it is undefined$/],
    [() => [{ shape: "line", points: [] }], /as points of a line/],
    [() => [{ shape: "line", points: [[0, 0], [0]] }], /as points of a line/],
    [() => [{ shape: "line", points: [[0, Infinity]] }], /as points of a line/],
    [() => [1, 2, 3].map(() => ({ shape: "line", points: new Array(10_000).fill([0, 0]) })), /at most 20000 points/],
    [() => [{ shape: "text", x: 0, y: 0, text: 3 }], /as text of a text/],
    [({ random }) => [{ ...cell, x: random() }], /shapes without drawing random numbers$/],
    [() => (undefined as unknown as { x: 1 }).x, /^view\.ts#view threw a TypeError/],
    [() => {
      throw "<script>alert(1)</script>";
    }, /^view\.ts#view threw a value of type string: <script>alert\(1\)< script>$/],
  ];
  for (const [view, message] of wrong) assertMatch(refusal(view), message);
});

Deno.test("draw() ends where the different shapes of an episode are too many to be told", () => {
  let at = 0;
  const long = "\u0001".repeat(200);
  const endless = () =>
    Array.from({ length: 2000 }, () => ({ shape: "text", x: at++, y: 0, text: long, label: long, size: 1e-9 }));
  const evidence = [Array.from({ length: 100 }, () => 0)];
  const worlds = [{ ...seeds, steps: 100 }];
  const reply = draw(() => ({ world, view: endless as never }), { token: "t", genes: 0, worlds, evidence, view: 500 });
  assertMatch(reply.ok ? "" : reply.message, /shapes of at most 64 MiB in an episode$/);
});
