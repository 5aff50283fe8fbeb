import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { compared } from "../../../lib/comparison/compared.ts";
import type { CompareArm, CompareRun } from "../../../lib/records/compare.ts";
import { projectRoot } from "../../../lib/run/paths.ts";
import { Population, shortLives } from "../../acceptance/_population.ts";
import { begin, type Ended, pipeline } from "../../step/_run.ts";

const few = ["--entrants", "2", "--episodes", "2", "--test", "4"];

function report(...args: string[]): Promise<Ended> {
  return begin(pipeline("report", ...args)).ended;
}

function of<T>({ records }: Ended, type: string): T[] {
  return records.filter((record) => record.type === type) as T[];
}

/** A copy of a run with another seed, of which the race expects this. */
async function like(run: Population, seed: number, mean: number, config: Record<string, unknown> = shortLives) {
  const copy = await run.twin();
  copy.rows("UPDATE meta SET value = ? WHERE key = 'seed'", String(seed));
  copy.rows("UPDATE races SET result = json_set(result, '$.expected.mean', ?, '$.expected.violation', 0)", mean);
  await copy.configure(config);
  return copy;
}

/** Files of a run with when they were written; SQLite keeps its own beside the listing. */
function filesOf({ paths }: Population): [string, number][] {
  const files = [...Deno.readDirSync(paths.workspace)].filter(({ name }) => !name.startsWith("listing.db-"));
  return files.map(({ name }): [string, number] => [name, Deno.statSync(`${paths.workspace}/${name}`).mtime!.getTime()])
    .sort();
}

Deno.test("report --compare compares groups of one configuration, the run as the unit, and writes nothing", async () => {
  await using run = await new Population().evaluated(8, 2);
  await run.step("race", ...few);
  const other = { ...shortLives, selection: { ...shortLives.selection, tournamentSize: 5 } };
  await using stack = new AsyncDisposableStack();
  const [first, second]: [Population[], Population[]] = [[], []];
  for (let seed = 1; seed <= 6; seed++) {
    first.push(stack.use(await like(run, seed, 10 + seed % 3)));
    second.push(stack.use(await like(run, seed, 3 + seed % 2, other)));
  }
  const names = [...first, ...second].map(({ name }) => name);
  const before = first.map(filesOf);
  const told = await report("--compare", ...names);
  assertEquals(told.code, 0, told.err);
  const runs = of<CompareRun>(told, "compare.run");
  assertEquals(runs.map(({ run, seed, score }) => [run, seed, score]), [
    ...first.map(({ name }, i) => [name, `${i + 1}`, 10 + (i + 1) % 3]),
    ...second.map(({ name }, i) => [name, `${i + 1}`, 3 + (i + 1) % 2]),
  ]);
  const arms = of<CompareArm & { step: string }>(told, "compare.arm").map((
    { type: _, step: __, id: ___, ok: ____, ...arm },
  ) => arm);
  assertEquals(arms, JSON.parse(JSON.stringify(compared(runs, { reference: names[0]! }))));
  assertEquals(arms.map(({ runs, against }) => [runs, against?.pairs, against?.p, against?.shown]), [
    [6, undefined, undefined, undefined],
    [6, 6, 2 / 64, "better"],
  ]);
  const short = [...names.slice(0, 2), ...names.slice(6, 8)];
  const [table, page, markdown] = await Promise.all(
    ["table", "html", "md"].map((format) => report("--compare", ...short, "--format", format)),
  );
  assertMatch(table!.out, /2 runs: too few for a test/);
  assertMatch(table!.out, /selection\.tournamentSize 5/);
  assertStringIncludes(page!.out, "2 runs: too few for a test");
  assertStringIncludes(markdown!.out, "2 runs: too few for a test");
  const one = await report("--compare", ...names.slice(0, 2));
  assertStringIncludes(one.err, "of one configuration: there is nothing to compare them with");
  assertEquals(of<CompareArm>(one, "compare.arm").length, 1);
  assertEquals(first.map(filesOf), before);
});

Deno.test("report --compare refuses what can't be compared, in one line that says what to do", async () => {
  await using run = await new Population().evaluated(8, 2);
  await using unraced = await run.twin();
  await run.step("race", ...few);
  await using seed = await like(run, 2, 3);
  await using steps = await like(run, 3, 3, { ...shortLives, world: { steps: 21, episodes: 1 } });
  await using same = await like(run, 2, 4);
  await using elsewhere = new Population();
  await elsewhere.step("init", "--count", "1", "--seed", "1", "--template", `${projectRoot}/tests/acceptance/contract`);
  const cases: [string[], string][] = [
    [[run.name], "there must be at least two runs"],
    [[run.name, seed.name, run.name], `each run must be named once: ${run.name} is named twice`],
    [[run.name, `${run.name}x`], `there is no run of this name; the nearest one is ${run.name}`],
    [[run.name, "a/b"], "must be 1 to 64 letters"],
    [[run.name, unraced.name], `run \`deno task race --run ${unraced.name}\``],
    [[run.name, steps.name], `${steps.name} has another steps than ${run.name}, 21 and 20`],
    [[run.name, elsewhere.name], `${elsewhere.name} has another world.ts than ${run.name}`],
    [[seed.name, same.name], `${seed.name} and ${same.name} have both 2`],
    [[run.name, seed.name, "--run", run.name], "Cannot use --run with --compare"],
    [[run.name, seed.name, "--svg"], "Cannot use --svg with --compare"],
  ];
  for (const [args, words] of cases) {
    const { code, err } = await report("--compare", ...args);
    assertEquals([code, err.trim().split("\n").length], [2, 1], err);
    assertStringIncludes(err, words);
  }
  const { code, err } = await report(run.name);
  assert(code === 2 && err.includes("It may follow --compare alone"), err);
});
