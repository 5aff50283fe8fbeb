import { assert, assertEquals } from "@std/assert";
import { view } from "../../examples/onemax/view.ts";
import { act, begin } from "../../examples/onemax/world.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { until } from "../acceptance/_population.ts";
import { pipeline, run, TestRun } from "../step/_run.ts";

Deno.test("examples/onemax: scores are numbers of ones, and selection raises them", async () => {
  await using test = new TestRun();
  const init = [
    "--count",
    "12",
    "--seed",
    "1",
    "--active",
    "1",
    "--template",
    `${projectRoot}/examples/onemax`,
    "--quiet",
  ];
  assertEquals((await run(pipeline("init", "--run", test.name, ...init))).code, 0);
  const { code, records } = await run(pipeline("lifecycle", "--run", test.name, ...until(3)));
  assertEquals(code, 0);
  const scores = records.slice(0, -1).map((record) => (record as { score: { best: number; mean: number } }).score);
  for (const { best } of scores) assert(Number.isInteger(best) && best > 40 && best <= 100, `${best}`);
  assert(scores.at(-1)!.mean > scores[0]!.mean, JSON.stringify(scores));
  // The best genome is kept, and a genome's score is what it is.
  for (const [i, { best }] of scores.entries()) assert(i === 0 || best >= scores[i - 1]!.best, JSON.stringify(scores));
});

Deno.test("examples/onemax: its view has a cell for each bit, coloured where it is one", () => {
  const told = begin();
  for (let place = 0; place < 100; place++) act(told, Number(place % 3 === 0));
  const shapes = view(told);
  const cells = shapes.filter(({ shape }) => shape === "cell");
  assertEquals(cells.map(({ color }) => color === "blue" ? 1 : 0), told.bits);
  assertEquals(shapes.at(-1), { shape: "text", x: 0, y: 10.7, text: "34 ones of 100", size: 0.6 });
});
