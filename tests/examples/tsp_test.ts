import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { gapsOf, readData, type Shown } from "../../examples/tsp/tools/measure.ts";
import { bestOf, randomOf } from "../../examples/tsp/tools/make.ts";
import { solve } from "../../examples/tsp/tools/solve.ts";
import { parseInstance, parseTour } from "../../examples/tsp/tools/tsplib.ts";
import { act, answer, begin, inform, judge, probe, type State, world } from "../../examples/tsp/world.ts";
import { view } from "../../examples/tsp/view.ts";
import { shapesOf } from "../../lib/runtime/shapes.ts";
import { until } from "../acceptance/_population.ts";
import { pipeline, run, TestRun } from "../step/_run.ts";

const folder = `${projectRoot}/examples/tsp`;
const data = readData();
const { train, test } = world.instances;

/** The lengths of optimal tours, as TSPLIB says them. */
const optima = { att48: 10628, eil51: 426, berlin52: 7542, st70: 675, eil76: 538, kroA100: 21282, lin105: 14379 };

function episode(instance: number): State {
  const random = () => 0;
  return begin({ data, instance, random, layout: random, environment: {}, steps: 1, genes: 1 });
}

/** What a tour comes to, filled up to a whole action. */
function judged(state: State, tour: readonly number[]) {
  act(state, [...tour, ...Array.from({ length: world.action.length - tour.length }, () => 0)]);
  return judge(state);
}

Deno.test("examples/tsp: a known optimal tour of each instance of TSPLIB is as long as is published", () => {
  assertEquals(data.tsplib.map(({ name, best }) => [name, best]), Object.entries(optima));
  data.tsplib.forEach(({ name, best, ...instance }, i) => {
    assertEquals(parseInstance(Deno.readTextFileSync(`${folder}/tsplib/${name}.tsp`)), { name, ...instance });
    const tour = parseTour(Deno.readTextFileSync(`${folder}/tsplib/${name}.opt.tour`));
    const state = episode(train + 100 + i);
    assertEquals(judged(state, tour), { objectives: { gap: 0 }, measures: { length: best } });
    assertEquals(answer(state), { instance: name, tour, length: best, best });
    assertEquals(probe(state, tour), { value: best });
  });
});

Deno.test("examples/tsp: the program that made the best known tours finds the optima of TSPLIB", () => {
  for (const instance of data.tsplib) assertEquals(bestOf(instance, 3, 200_000).best, instance.best, instance.name);
});

Deno.test("examples/tsp: no tour that a short search finds is shorter than the one that is known", () => {
  assertEquals([data.train.length, data.test.length + data.tsplib.length], [train, test]);
  for (let instance = 0; instance < train + 100; instance += 20) {
    const state = episode(instance);
    assertEquals(state.distances.length, 100);
    const { tour, length } = solve(state.distances, 50_000, randomOf(instance));
    const { objectives: { gap }, violation } = judged(state, tour);
    assertEquals([violation, state.instance.best <= length], [undefined, true]);
    assert(gap! >= 0 && gap! < 3, `${gap}`);
  }
});

Deno.test("examples/tsp: a probe of a move says by how much the tour changes", () => {
  const state = episode(0);
  const tour = Array.from({ length: 100 }, (_, i) => i);
  const before = probe(state, tour).value;
  // Joins 10 to 20 and 11 to 21.
  const after = [...tour.slice(0, 11), ...tour.slice(11, 21).reverse(), ...tour.slice(21)];
  assertEquals(probe(state, [10, 11, 21, 20]).value, probe(state, after).value - before);
  for (const point of [[0, 1, 2, 100], [0.5, 1, 2, 3], [-1, 1, 2, 3]]) assertEquals(probe(state, point).value, 1e12);
  assertEquals(inform(state).distances[3]![7], inform(state).distances[7]![3]);
});

Deno.test("examples/tsp: a tour that visits a city twice breaks what must hold, and is no shorter for it", () => {
  const state = episode(0);
  const { tour } = solve(state.distances, 50_000, randomOf(1));
  const honest = judged(state, tour).objectives.gap!;
  const lazy = [tour, tour.map(() => tour[0]!), [...tour.slice(0, 50), ...tour.slice(0, 50)], tour.map(() => 104)];
  for (const cheat of lazy.slice(1)) {
    const { objectives: { gap }, violation } = judged(state, cheat);
    assertEquals(violation, 100 - new Set(cheat.filter((city) => city < 100)).size);
    assert(gap! > honest, `${gap}`);
  }
});

Deno.test("examples/tsp: its view draws the tour closed, and marks what is not visited", () => {
  const state = episode(train + 100);
  const { x, y } = state.instance;
  assertEquals(view(state).filter(({ color }) => color === "red").length, 48);
  const tour = Array.from({ length: 40 }, (_, city) => city + 3);
  judged(state, [...tour, 104, ...tour.slice(0, 7)]);
  const [line, ...cities] = view(state);
  assert(line!.shape === "line");
  assertEquals(line!.points.slice(0, 2), [[x[3]!, y[3]!], [x[4]!, y[4]!]]);
  assertEquals(line!.points.at(-1), line!.points[0]);
  const missing = cities.filter(({ color }) => color === "red").map(({ label }) => label);
  assertEquals(missing, [0, 1, 2, 43, 44, 45, 46, 47].map((city) => `city ${city}, not visited`));
  assertEquals(shapesOf(view(state)).ok, true);
});

Deno.test("examples/tsp: the hand-made genome searches well on instances to test with", async () => {
  const reference: Shown = JSON.parse(Deno.readTextFileSync(`${folder}/reference.json`));
  const some = Array.from({ length: 10 }, (_, i) => train + i);
  const gaps = await gapsOf(reference, some);
  assertEquals(gaps, await gapsOf(reference, some));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  assert(mean < 4, `${mean}`);
  assert(gaps.every((gap) => gap >= 0));
});

Deno.test("examples/tsp: each way to construct a tour gives one, each move makes it shorter, and each kick makes more of it", async () => {
  const { genes, parameters }: Shown = JSON.parse(Deno.readTextFileSync(`${folder}/reference.json`));
  const some = [train, train + 1, train + 2, train + 105, train + 106];
  /** The mean gap by these genes alone. */
  async function gapBy(...names: string[]): Promise<number> {
    const gaps = await gapsOf({ genes: names.map((gene) => ({ gene, phase: phaseOf(gene) })), parameters }, some);
    return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  }
  const constructed = new Map<string, number>();
  for (const name of ["greedy", "nearestNeighbour", "spaceFillingCurve"]) {
    constructed.set(name, await gapBy(`src/construct.ts#${name}`, "src/tell.ts#tell"));
  }
  for (const gap of constructed.values()) assert(gap > 5 && gap < 50, JSON.stringify([...constructed]));
  assert(await gapBy("src/tell.ts#tell") > 100, "the cities in their order");
  const search = ["src/construct.ts#greedy", "src/candidates.ts#nearest", "src/search.ts#iterate"];
  for (const move of ["twoOpt", "orOpt", "segmentInsertion"]) {
    const moved = await gapBy(...search, `src/moves.ts#${move}`);
    assert(moved < constructed.get("greedy")!, `${move}: ${moved}`);
    for (const kick of ["doubleBridge", "randomReversal"]) {
      const kicked = await gapBy(
        ...search,
        `src/moves.ts#${move}`,
        `src/kicks.ts#${kick}`,
        "src/acceptance.ts#improving",
      );
      assert(kicked < moved, `${move}, ${kick}: ${kicked} of ${moved}`);
    }
  }
  assertEquals(genes.map(({ gene }) => phaseOf(gene)), genes.map(({ phase }) => phase));
});

/** The phase that the comment of a gene names. */
function phaseOf(gene: string): string {
  const [file, name] = gene.split("#");
  const text = Deno.readTextFileSync(`${folder}/${file}`);
  return text.slice(0, text.indexOf(`export function ${name}(`)).match(/@phase (\w+)/g)!.at(-1)!.slice(
    "@phase ".length,
  );
}

Deno.test("examples/tsp: what is found is a tour, of which the gap is that which is recorded", async () => {
  await using test = new TestRun();
  const init = ["--count", "4", "--seed", "1", "--active", "1", "--template", folder, "--quiet"];
  assertEquals((await run(pipeline("init", "--run", test.name, ...init))).code, 0);
  await Deno.writeTextFile(test.paths.config, JSON.stringify({ world: { episodes: 2 } }));
  const { code } = await run(pipeline("lifecycle", "--run", test.name, ...until(1)));
  assertEquals(code, 0);
  const { records } = await run(pipeline("answers", "--run", test.name, "--format", "ndjson"));
  const found = records.filter(({ type }) => type === "agent.answer");
  assertEquals(found.length, 2);
  for (const { answer, ...rest } of found) {
    const { tour, length, best } = answer as { tour: number[]; length: number; best: number };
    assertEquals(new Set(tour).size, 100);
    const { gap } = (rest as unknown as { measures: { gap: number } }).measures;
    assertAlmostEquals(gap, 100 * (length / best - 1));
  }
});
