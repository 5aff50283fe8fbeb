import { assert, assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { mostRaced } from "../../lib/arms/plan.ts";
import { compared } from "../../lib/comparison/compared.ts";
import type { CompareArm, ComparedRun, CompareRun } from "../../lib/records/compare.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { phasesOf } from "../../lib/selection/race.ts";
import { infoOf } from "../../lib/util/files.ts";
import { copyFolder } from "../begun.ts";
import { begin, type Ended, pipeline, run } from "../step/_run.ts";

const contract = `${projectRoot}/tests/acceptance/contract`;
const small = ["--template", contract, "--budget", "120", "--count", "6", "--tests", "5"];

function of<T>({ records }: Ended, type: string): T[] {
  return records.filter((record) => record.type === type) as T[];
}

/** A copy of the template with a file of this content. */
async function withFile(path: string, text: string): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "evolve-compare-" });
  await copyFolder(contract, folder);
  await Deno.writeTextFile(`${folder}/${path}`, text);
  return folder;
}

Deno.test("compare runs all arms within one budget, and comes to the same with one worker and with two", async () => {
  const args = [...small, "--seeds", "3", "--margin", "0.2"];
  const [one, two] = await Promise.all(
    ["1", "2"].map((workers) => run(pipeline("compare", ...args, "--workers", workers))),
  );
  const runs = of<CompareRun>(one!, "compare.run");
  assertEquals([one!.code, two!.code], [0, 0], one!.err);
  assertEquals(of(two!, "compare.run"), runs);
  assertEquals(of(two!, "compare.arm"), of(one!, "compare.arm"));
  const names = ["evolved", "random", "best-of-n", "drift", "one-plus-one", "all"];
  assertEquals(
    runs.map(({ arm, seed }) => [arm, seed]),
    ["1", "2", "3"].flatMap((seed) => names.map((arm) => [arm, seed])),
  );
  for (const { arm, episodes, raceEpisodes, score, curve, gestations, genome } of runs) {
    const searches = arm !== "all";
    assert(episodes <= 120 && (searches ? episodes > 80 : episodes === 0), `${arm}: ${episodes}`);
    assertEquals(raceEpisodes > 0, ["evolved", "random", "drift"].includes(arm), arm);
    assertEquals(gestations > 0, ["evolved", "drift", "one-plus-one"].includes(arm), arm);
    if (arm === "random") assertEquals(raceEpisodes, playedIn(mostRaced, 120 - (episodes - raceEpisodes)));
    assertMatch(genome!, /^[0-9a-f]{64}$/);
    assertEquals(curve.at(-1), { episodes, score });
    assert(curve.every((point, i) => i === 0 || point.episodes >= curve[i - 1]!.episodes));
  }
  const figures = compared(runs as ComparedRun[], { reference: "evolved", margin: 0.2 });
  const told = of<CompareArm>(one!, "compare.arm").map((record) => {
    const { type: _type, step: _step, id: _id, ok: _ok, ...arm } = record as CompareArm & { step: string };
    return arm;
  });
  assertEquals(told, JSON.parse(JSON.stringify(figures)));
  // An arm comes to the same whichever others there are, and the seed makes the difference.
  const few = await run(pipeline("compare", ...small, "--seeds", "1", "--arms", "drift,random"));
  const [, first] = runs, second = runs[1 + names.length]!;
  assertEquals(of<CompareRun>(few, "compare.run").find(({ arm }) => arm === "random"), first);
  assertNotEquals(second.genome, first!.genome);
  assertStringIncludes(one!.err, "3 seeds can show nothing beside 5 arms: it takes at least 8.");
});

Deno.test("compare judges the hand-made genome of the template, and prints tables in 80 columns or a page", async () => {
  const made = { genes: [{ gene: "src/aim.ts#aim" }, { gene: "src/aim.ts#shoot" }], parameters: {} };
  const folder = await withFile("reference.json", JSON.stringify(made));
  try {
    const args = ["--template", folder, ...small.slice(2), "--seeds", "2", "--arms", "hand-made"];
    const [table, page, markdown] = await Promise.all(
      ["table", "html", "md"].map((format) => run(pipeline("compare", ...args, "--format", format))),
    );
    assertEquals([table!.code, page!.code, markdown!.code], [0, 0, 0], table!.err);
    for (const line of table!.out.split("\n")) assert(line.length <= 80 || line.includes(folder), line);
    assertMatch(table!.out, /hand-made .* not shown/);
    assertStringIncludes(page!.out, "<!doctype html>");
    assertStringIncludes(markdown!.out, "## Miss, less is better, on test worlds: means of runs");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("compare --from tells of a comparison again from its records, also of one that was cut short", async () => {
  const folder = await Deno.makeTempDir({ prefix: "evolve-compare-" });
  try {
    const args = [...small, "--seeds", "2", "--arms", "all", "--margin", "0.2"];
    const [records, table] = await Promise.all(
      ["json", "table"].map((format) => run(pipeline("compare", ...args, "--format", format))),
    );
    const file = `${folder}/records.json`;
    const again = async (text: string, ...more: string[]) => {
      await Deno.writeTextFile(file, text);
      return await run(pipeline("compare", "--from", file, ...more));
    };
    assertEquals((await again(records!.out, "--margin", "0.2", "--format", "table")).out, table!.out);
    const lines = (JSON.parse(records!.out) as unknown[]).map((record) => JSON.stringify(record));
    const cut = await again(`${lines.slice(0, 3).join("\n")}\n${lines[3]!.slice(0, 50)}`);
    assertEquals([cut.code, of<CompareArm>(cut, "compare.arm").map(({ runs }) => runs)], [0, [1, 1]], cut.err);
    const wrong: [string, string[], string][] = [
      ["", [], "must have a record compare.begun"],
      ["no JSON\n", [], "a record of JSON on each line"],
      [lines[0]!, [], "must have at least one run"],
      [[lines[0], lines[1], lines[1]].join("\n"), [], "must have one run of an arm for each seed"],
      [[lines[0], lines[1]!.replace(/"episodes":\d+/, '"episodes":-1')].join("\n"), [], "(episodes: "],
      [lines[0]!, ["--seeds", "3"], "Cannot use --seeds with --from as nothing is run"],
    ];
    for (const [text, more, words] of wrong) {
      const { code, err } = await again(text, ...more);
      assertEquals([code, err.trim().split("\n").length], [2, 1], err);
      assertStringIncludes(err, words);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("compare refuses what can't be compared, in one line that says what to do", async () => {
  const broken = await withFile("reference.json", "{}");
  try {
    const cases: [string[], string][] = [
      [["--budget", "7"], "as it must be at least"],
      [["--from", `${broken}/none.ndjson`], "Cannot use --template with --from"],
      [["--arms", "evolved,hand-made"], "Cannot compare with hand-made as the template has no reference.json"],
      [["--arms", "evolved,drfit"], "nearest valid one is drift"],
      [["--arms", ""], "must be names of evolved, random"],
      [["--margin", "0"], "--margin"],
      [["--seeds", "0"], "--seeds"],
      [["--template", broken], `Cannot use ${broken}/reference.json as the hand-made genome`],
      [["--template", `${broken}/none`], "none"],
    ];
    for (const [args, words] of cases) {
      const { code, out, err } = await run(pipeline("compare", ...merged(small, args)));
      assertEquals([code, out.includes('"compare.run'), err.trim().split("\n").length], [2, false, 1], err);
      assertStringIncludes(err, words);
    }
  } finally {
    await Deno.remove(broken, { recursive: true });
  }
});

Deno.test("compare ends at once when it is interrupted, with whole lines and nothing left behind", async () => {
  const { child, saw, ended } = begin(pipeline("compare", ...merged(small, ["--budget", "4000"])));
  await saw("compare.run");
  child.kill("SIGINT");
  const { code, out, err } = await ended;
  assertEquals(code, 130);
  assertStringIncludes(err, "interrupted; nothing is kept.");
  for (const line of out.trim().split("\n")) JSON.parse(line);
  assertEquals(leftBy(child.pid), []);
});

/** Episodes of a final race of so many entrants. */
function playedIn(entrants: number, budget: number): number {
  const phases = phasesOf(entrants, budget);
  return phases.reduce((sum, to) => sum + to, phases.at(-1)!);
}

/** Folders that a process of this id has made to work in. */
function leftBy(pid: number): string[] {
  if (infoOf(`${projectRoot}/.try`) === undefined) return [];
  return [...Deno.readDirSync(`${projectRoot}/.try`)].map(({ name }) => name).filter((name) =>
    name.startsWith(`${pid}-`)
  );
}

/** Flags with some of them replaced. */
function merged(flags: readonly string[], others: readonly string[]): string[] {
  const values = new Map<string, string>();
  for (const list of [flags, others]) for (let i = 0; i < list.length; i += 2) values.set(list[i]!, list[i + 1]!);
  return [...values].flat();
}
