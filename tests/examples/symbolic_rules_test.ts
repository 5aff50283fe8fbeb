import { assert, assertEquals, assertThrows } from "@std/assert";
import { errorsOf, majority, parted, readRows, tree } from "../../examples/symbolic-rules/tools/baselines.ts";
import { confusionBy, readTable, wrongOf } from "../../examples/symbolic-rules/tools/measure.ts";
import { sentences } from "../../examples/symbolic-rules/tools/rules.ts";
import { ranges } from "../../examples/symbolic-rules/src/rules.ts";
import { view } from "../../examples/symbolic-rules/view.ts";
import { act, answer, begin, finished, judge, perceive, type State } from "../../examples/symbolic-rules/world.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { sha256 } from "../../lib/util/hash.ts";
import { Population } from "../acceptance/_population.ts";

const folder = `${projectRoot}/examples/symbolic-rules`;
const wine = readTable();

function episode(instance: number): State {
  const random = () => 0;
  return begin({ data: { wine }, instance, random, layout: random, environment: {}, steps: 178, genes: 3 });
}

/** An episode in which each row is classified as is said. */
function classified(instance: number, predict: (row: number) => number): State {
  const state = episode(instance);
  for (const row of state.rows) {
    assertEquals([finished(state), act(state, predict(row) - 1)], [false, 0]);
  }
  assert(finished(state));
  return state;
}

Deno.test("examples/symbolic-rules: the table is UCI's, with a line of names before it", async () => {
  const text = Deno.readTextFileSync(`${folder}/data/wine.csv`);
  const rows = text.slice(text.indexOf("\n") + 1);
  assertEquals(await sha256(rows), "6be6b1203f3d51df0b553a70e57b8a723cd405683958204f96d23d7cd6aea659");
});

Deno.test("examples/symbolic-rules: rows to test with are in no other part, and cultivars have the same share in all", () => {
  const parts = [0, 1, 2, 3, 4, 5].map((instance) => episode(instance).rows);
  assertEquals(parts.flat().toSorted((a, b) => a - b), Array.from({ length: 178 }, (_, row) => row));
  assertEquals(parts.map(({ length }) => length), [24, 24, 24, 24, 23, 59]);
  for (const rows of parts) {
    for (const [i, all] of [59, 71, 48].entries()) {
      const share = rows.filter((row) => wine.cultivar[row] === i + 1).length / rows.length;
      assert(Math.abs(share - all / 178) < 0.03, `${share}`);
    }
  }
});

Deno.test("examples/symbolic-rules: genes get nothing of what is right, and nothing of the rows to test with", () => {
  const columns = Object.keys(wine).filter((column) => column !== "cultivar");
  const train = [0, 1, 2, 3, 4].flatMap((instance) => episode(instance).rows);
  assertEquals(Object.keys(ranges), columns);
  for (const column of columns) {
    const values = train.map((row) => wine[column]![row]!);
    assertEquals(ranges[column], [Math.min(...values), Math.max(...values)], column);
  }
  const state = episode(5);
  assertEquals(perceive(state), Object.fromEntries(columns.map((column) => [column, wine[column]![2]!])));
  act(state, 0);
  assertEquals(perceive(state).alcohol, wine.alcohol![5]);
});

Deno.test("examples/symbolic-rules: the judge counts what is misclassified, and the view shows each row", () => {
  const right = classified(5, (row) => wine.cultivar[row]!);
  assertEquals(judge(right), { objectives: { error: 0 }, measures: { wrong: 0, genes: 3 } });
  const second = classified(5, () => 2);
  assertEquals(judge(second).objectives.error, 100 * 35 / 59);
  assertEquals(answer(second).confusion, [[0, 19, 0], [0, 24, 0], [0, 16, 0]]);
  assertEquals(answer(second).predictions[0], { row: 2, cultivar: 1, predicted: 2 });
  const shapes = view(second);
  assertEquals(
    Object.entries(Object.groupBy(shapes, ({ shape }) => shape)).map(([name, some]) => [name, some!.length]),
    [
      ["cell", 9],
      ["text", 9],
      ["circle", 59 + 35],
    ],
  );
  assertEquals(view(episode(0)).length, 18);
});

Deno.test("examples/symbolic-rules: rules without evolution are as good as the page says", () => {
  const { train, test } = parted(readRows());
  const found = [majority(train), tree(train, 1), tree(train, 2), tree(train, 3)];
  assertEquals(found.map((rule) => [errorsOf(rule, train), errorsOf(rule, test)]), [[72, 35], [36, 18], [7, 7], [
    2,
    7,
  ]]);
});

/** What sentences say of a row, read by their words alone. */
function byWords(lines: readonly string[], row: Readonly<Record<string, number>>): number {
  const points = [0, 0, 0];
  for (const line of lines) {
    const rule = /^if (.+), (?:(\d) for )?cultivar (\d)$/.exec(line);
    const otherwise = Number(line.at(-1));
    if (!rule) return points.reduce((best, own, i) => own > points[best]! ? i : best, otherwise - 1) + 1;
    const [, condition, worth, cultivar] = rule;
    const met = condition!.split(/ (?:and|or) /).map((one) => {
      const [name, side, value] = one.split(" ");
      return (row[name!]! > Number(value)) === (side === ">");
    });
    if (!(condition!.includes(" or ") ? met.includes(true) : !met.includes(false))) continue;
    if (worth === undefined) return Number(cultivar);
    points[Number(cultivar) - 1]! += Number(worth);
  }
  return 1;
}

Deno.test("examples/symbolic-rules: the module of an agent classifies rows of a table as its sentences and its answers do", async () => {
  await using run = new Population();
  await run.step("init", "--template", folder, "--count", "12", "--seed", "3", "--quiet");
  await run.step("lifecycle", "--cycles", "1", "--isolation", "shared", "--quiet");
  const module = `${run.paths.root}/best.js`;
  await run.step("show", "best", "--code", module);
  const taken = await import(`file://${module}`);
  const { records } = await run.step("show", "best");
  const lines = sentences(records[0] as never);
  const agent = taken.policy({ seed: 1 });
  const rows = readRows();
  const predicted = rows.map((row) => {
    const { cultivar: _, ...measured } = row;
    return agent.act(measured, 0) + 1;
  });
  assertThrows(() => agent.act({ alcohol: 13 }), Error, "a finite number as malicAcid");
  assertEquals(predicted, rows.map((row) => byWords(lines, row)), lines.join("\n"));
  const answers = (await run.step("answers", "best")).records.slice(0, -1) as unknown as {
    answer: ReturnType<typeof answer>;
  }[];
  assertEquals(answers.length, 5);
  for (const { row, predicted: found } of answers.flatMap((one) => one.answer.predictions)) {
    assertEquals(found, predicted[row]);
  }
  const { wrong } = wrongOf(confusionBy(taken, [0, 1, 2, 3, 4, 5]));
  assertEquals(wrong, predicted.filter((cultivar, row) => cultivar !== wine.cultivar[row]).length);
});
