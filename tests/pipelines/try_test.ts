import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { Population } from "../acceptance/_population.ts";
import { copyFolder } from "../begun.ts";
import { bubblewrap } from "../isolation/installed.ts";
import { begin, type Ended, pipeline, TestRun } from "../step/_run.ts";

const contract = `${projectRoot}/tests/acceptance/contract`;
const instances = `${projectRoot}/tests/acceptance/instances`;

/** Runs it, and demands that nothing of it is left. */
async function tried(...args: string[]): Promise<Ended> {
  const { child, ended } = begin(pipeline("try", ...args));
  const end = await ended;
  assertEquals(leftBy(child.pid), []);
  return end;
}

function typesOf({ records }: Ended): unknown[] {
  return records.map(({ type }) => type);
}

/** Folders that a process of this id has made to work in; others may be at work at the same time. */
function leftBy(pid: number): string[] {
  try {
    return [...Deno.readDirSync(`${projectRoot}/.try`)].map(({ name }) => name).filter((name) =>
      name.startsWith(`${pid}-`)
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** A copy of a template with a text in it replaced. */
async function changed(template: string, path: string, from: string | RegExp, to: string): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "evolve-try-" });
  await copyFolder(template, folder);
  const text = await Deno.readTextFile(`${folder}/${path}`);
  const other = text.replace(from, to);
  assert(other !== text, `${path} has no ${from}`);
  await Deno.writeTextFile(`${folder}/${path}`, other);
  return folder;
}

async function triedWith(template: string, path: string, from: string | RegExp, to: string, ...args: string[]) {
  const folder = await changed(template, path, from, to);
  try {
    return { folder, ...await tried("--template", folder, ...args) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("try evaluates a genome, judges it, and comes to the same traced, and behind walls", async () => {
  const plain = await tried("--template", contract, "--seed", "3");
  assertEquals([plain.code, plain.err], [0, ""]);
  assertEquals(typesOf(plain), ["try.types", "try.episode", "try.episode", "try.evaluated", "step.finished"]);
  const [types, first, , evaluated] = plain.records as [
    Record<string, unknown>,
    { answer: unknown; measures: Record<string, number>; objective: unknown },
    unknown,
    { objectives: { name: string; mean: number }[]; genes: number; probes: boolean; ms: Record<string, number> },
  ];
  assertEquals(types.ok, true);
  assert(typeof first.answer === "object" && "miss" in first.measures);
  assertEquals(evaluated.objectives.map(({ name }) => name), ["miss", "spread"]);
  assertEquals([evaluated.genes > 0, evaluated.probes], [true, true]);
  assertEquals(Object.keys(evaluated.ms).sort(), ["build", "check", "judge", "read", "run"]);
  const traced = await tried("--template", contract, "--seed", "3", "--trace");
  const steps = traced.records.filter(({ type }) => type === "trace.step");
  assertEquals(steps.map(({ episode, timestep }) => [episode, timestep]).at(-1), [1, 5]);
  const genes = steps.flatMap(({ genes }) => genes as { gene: string }[]);
  assert(genes.some(({ gene }) => gene.startsWith("src/aim.ts#")));
  const isEpisode = ({ type }: Record<string, unknown>) => type === "try.episode";
  assertEquals(traced.records.filter(isEpisode), plain.records.filter(isEpisode));
  const shown = await tried("--template", contract, "--seed", "3", "--trace", "--format", "md");
  for (const words of ["episode 0, step 0", "Time of genes in 12 steps", "answer of episode 1"]) {
    assertStringIncludes(shown.out, words);
  }
  if (bubblewrap) {
    const walled = await tried("--template", contract, "--seed", "3", "--trace", "--isolation", "bwrap");
    assertEquals(walled.records.filter(isEpisode), plain.records.filter(isEpisode));
  }
});

Deno.test("try plays one instance, or all to test with, and tells means with intervals", async () => {
  const one = await tried("--template", instances, "--instance", "9", "--format", "json");
  const [, episode] = JSON.parse(one.out);
  assertEquals([one.code, episode.type, episode.instance], [0, "try.episode", 9]);
  const all = await tried("--template", instances, "--test");
  const scores = all.records.filter(({ type }) => type === "try.episode").map((
    { instance, score },
  ) => [instance, score]);
  assertEquals(scores.map(([instance]) => instance), [8, 9]);
  const [first, second] = scores.map(([, score]) => score as number) as [number, number];
  const [{ mean, low, high }] = all.records.at(-2)!.objectives as [{ mean: number; low: number; high: number }];
  assertEquals(mean, (first + second) / 2);
  // Student's t of one degree of freedom.
  const half = 12.706204736 * Math.abs(first - second) / 2;
  assert(Math.abs(high - mean - half) < 1e-9 && Math.abs(mean - low - half) < 1e-9);
  for (
    const [args, words] of [
      [["--template", instances, "--instance", "10"], "from 0 to 9; those to test with begin with 8"],
      [["--template", contract, "--instance", "0"], "must declare instances"],
      [["--template", contract, "--test"], "must declare instances"],
      [["--template", instances, "--test", "--instance", "1"], "--instance with --test"],
      [["--template", instances, "--test", "--trace"], "--trace with --test"],
      [["--template", contract, "--environment", "plane"], "the nearest is plain"],
    ] as const
  ) {
    const { code, err } = await tried(...args);
    assertEquals([code, err.trim().split("\n").length], [2, 1], err);
    assertStringIncludes(err, words);
  }
});

Deno.test("try takes an agent of a run, or what show gives of one, and passes over what the template lacks", async () => {
  await using population = await new Population().like("six that answer", async (begun) => {
    await begun.step("init", "--count", "6", "--seed", "3", "--template", contract);
    await begun.step("lifecycle", "--cycles", "2", "--sleep", "0", "--isolation", "shared");
  });
  const { records } = await population.step("show", "best");
  const json = await Deno.makeTempFile({ suffix: ".json" });
  const bin = await Deno.makeTempFile({ suffix: ".bin" });
  try {
    await Deno.writeTextFile(json, JSON.stringify(records));
    const { id, genomeHash } = records[0] as { id: string; genomeHash: string };
    const byId = await tried("--run", population.name, "--genome", "best");
    assertEquals([byId.code, byId.records.at(-2)!.genomeHash], [0, genomeHash]);
    assertEquals(byId.records.at(-2)!.template, contract);
    await Deno.copyFile(`${population.paths.agents}/${id}/genome.bin`, bin);
    const byBytes = await tried("--template", contract, "--genome", bin);
    const ofFile = await tried("--template", contract, "--genome", json);
    assertEquals([byBytes.code, ofFile.code], [0, 0]);
    // What is off is at its default in what is shown, and plays no part.
    assertEquals(ofFile.records.at(-2)!.genes, byId.records.at(-2)!.genes);
    const isEpisode = ({ type }: Record<string, unknown>) => type === "try.episode";
    assertEquals(ofFile.records.filter(isEpisode), byId.records.filter(isEpisode));
    const changes = ["src/aim.ts", /\btrust\b/g, "faith"] as const;
    const changedSince = await triedWith(contract, ...changes, "--run", population.name, "--genome", id.slice(0, 13));
    assertEquals(changedSince.code, 0);
    assertStringIncludes(changedSince.err, "src/aim.ts:trust");
    const unknown = await triedWith(contract, ...changes, "--genome", json);
    assertEquals(unknown.code, 2);
    assertStringIncludes(unknown.err, "the parameter trust of src/aim.ts");
  } finally {
    await Promise.all([json, bin].map((path) => Deno.remove(path)));
  }
});

Deno.test("try with no gene tells of invalid actions, and refuses genomes that are none", async () => {
  const none = await tried("--template", contract, "--genome", "none", "--format", "table");
  assertEquals(none.code, 0);
  assertStringIncludes(none.out, "none, 0 genes on");
  assertStringIncludes(none.out, "invalid actions  12");
  assert(none.out.split("\n").every((line) => line.length <= 80), none.out);
  const wrong: [string, string][] = [
    [`${projectRoot}/README.md`, "genome"],
    [`${projectRoot}/deno.json`, "agent.shown"],
    ["./nowhere.bin", "ENOENT"],
    ["al l", "must be all, none, best"],
  ];
  for (const [genome, words] of wrong) {
    const { code, err } = await tried("--template", contract, "--genome", genome);
    assertEquals([code, err.trim().split("\n").length], [2, 1], err);
    assertStringIncludes(err, words);
  }
});

Deno.test("try says in one message with file and line what is wrong with a template, and what of it failed", async () => {
  await using limited = new TestRun();
  await Deno.mkdir(limited.paths.workspace, { recursive: true });
  await Deno.writeTextFile(limited.paths.config, JSON.stringify({ limits: { cpuSeconds: 1 } }));
  const gene = /(export function aim\(context[^{]*\{\n)/;
  const cases: [path: string, from: RegExp, to: string, place: RegExp, words: string][] = [
    ["src/aim.ts", gene, "$1  const wrong: string = context.step;\n", /src\/aim\.ts:\d+$/, "TS2322"],
    ["src/aim.ts", gene, '$1  if (context.step === 3) throw new RangeError("no luck");\n', /src\/aim\.ts:\d+$/, "#aim"],
    ["src/aim.ts", gene, "$1  while (context.step === 3);\n", /^$/, "more than 1 s of CPU time. --genome none shows"],
    [
      "world.ts",
      /(export function act\([^{]*\{\n)/,
      '$1  if (field.hits.length === 2) throw new Error("full");\n',
      /world\.ts:\d+$/,
      "full",
    ],
    [
      "world.ts",
      /(export function probe\(.*\{\n)/,
      "$1  hits.push([0, 0]);\n",
      /world\.ts:\d+$/,
      "must change nothing",
    ],
    [
      "world.ts",
      /(export function probe\(\{ )(.*\{\n)/,
      "$1random, $2  random();\n",
      /world\.ts$/,
      "drew a random number outside begin and act",
    ],
  ];
  for (const [path, from, to, place, words] of cases) {
    const { code, err, records } = await triedWith(contract, path, from, to, "--run", limited.name, "--trace");
    const issue = records.at(-1)!.issue as { message: string; path?: string };
    assertEquals(code, 1, err);
    assertStringIncludes(err, words);
    assert(place.test(issue.path ?? ""), issue.path);
    if (words !== "#aim") continue;
    const steps = records.filter(({ type }) => type === "trace.step");
    assertEquals(steps.map(({ ok }) => ok), [true, true, true, false]);
  }
});

Deno.test("try warns of genes that draw though the world is not noisy", async () => {
  const drawing = await triedWith(contract, "world.ts", "noisy: true", "noisy: false");
  assertEquals([drawing.code, drawing.records.at(-2)!.drew], [0, true]);
  assertStringIncludes(drawing.err, "drew random numbers though world.noisy is false");
});

Deno.test("try leaves nothing behind where it is interrupted", async () => {
  const folder = await changed(contract, "src/aim.ts", /(export function aim\(context[^{]*\{\n)/, "$1  for (;;);\n");
  try {
    const running = begin(pipeline("try", "--template", folder, "--log-level", "debug"));
    // What it works in is there.
    while (leftBy(running.child.pid).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    running.child.kill("SIGINT");
    const { code } = await running.ended;
    assertEquals([code, leftBy(running.child.pid)], [130, []]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
