import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { Population } from "./_population.ts";

const template = `${projectRoot}/tests/acceptance/instances`;
const table = await Deno.readTextFile(`${template}/data/lengths.csv`);
const lengths = table.trim().split("\n").slice(1).map((row) => Number(row.split(",")[0]));

interface Row {
  readonly cycle: number;
  readonly inputs: string;
  readonly scores: string;
  readonly measures: string;
}

Deno.test("episodes are of training instances, drawn anew in each cycle and the same for all agents", async () => {
  await using run = await Population.make(4, "--template", template);
  const { records } = await run.step("lifecycle", "--cycles", "3", "--sleep", "0");
  assert(records.length > 0);
  const rows = run.rows<Row>(
    "SELECT cycle, inputs, scores, measures FROM evaluations WHERE kind = 'judged' AND outcome = 'finished'",
  );
  const drawn = new Map<number, string>();
  for (const { cycle, inputs, scores, measures } of rows) {
    const { instances } = JSON.parse(inputs) as { instances: readonly number[] };
    assertEquals(new Set(instances).size, 3);
    assert(instances.every((one) => one >= 0 && one < 8), inputs);
    assertEquals(drawn.get(cycle) ?? JSON.stringify(instances), JSON.stringify(instances));
    drawn.set(cycle, JSON.stringify(instances));
    // What the world was told is what is recorded.
    assertEquals(JSON.parse(scores).length, 3);
    assertEquals((JSON.parse(measures) as { instance: number }).instance, mean(instances));
  }
  assertEquals([drawn.size, new Set(drawn.values()).size], [3, 3]);
});

Deno.test("the record of an evaluation says which instance each of its scores is of", async () => {
  await using run = await Population.make(2, "--template", template);
  for (const step of ["scan", "sync-wiring", "build"]) await run.step(step);
  const { records } = await run.step("supervise");
  const evaluated = records.filter(({ type }) => type === "agent.evaluated") as unknown as {
    readonly score: number;
    readonly scores: readonly number[];
    readonly instances: readonly number[];
  }[];
  assertEquals(evaluated.length, 2);
  for (const { score, scores, instances } of evaluated) {
    assertEquals([scores.length, instances.length], [3, 3]);
    assertEquals(mean(scores), score);
    // The score of this world is the number of right answers, and the length of its instance with a bit of chance.
    for (const [i, one] of scores.entries()) assert(Math.abs(one % 1 - lengths[instances[i]!]!) < 0.02, `${one}`);
  }
});

Deno.test("a configuration whose episodes no evaluation can be of ends the step", async () => {
  await using run = await Population.make(1, "--template", template);
  await run.configure({ world: { episodes: 9 } });
  const { err } = await run.fails(2, "lifecycle", "--cycles", "1", "--sleep", "0");
  assertStringIncludes(err, "at most 8, as there are that many instances to train on: it is 9");
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
