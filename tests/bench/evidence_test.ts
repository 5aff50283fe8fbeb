import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { armNames } from "../../lib/steps/compare/arms.ts";
import { defaultTemplate } from "../../bench/evidence/default_template.ts";
import { readAblation, readRuns, readSelection, readTheory } from "../../bench/evidence/files.ts";
import { evidencePage } from "../../bench/evidence/page.ts";
import { resumed } from "../../bench/evidence/resumed.ts";
import { peers, published, tsp, type TspRun } from "../../bench/evidence/tsp.ts";
import { tspPart } from "../../bench/evidence/tsp_page.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { read } from "../docs_pages.ts";

const runs = readRuns(defaultTemplate.name);

Deno.test("docs/evidence has a run of each arm for each seed, within the budget that was fixed", () => {
  const expected = Array.from({ length: defaultTemplate.seeds }, (_, i) => armNames.map((arm) => [arm, `${i + 1}`]));
  assertEquals(runs.map(({ arm, seed }) => [arm, seed]), expected.flat());
  assertEquals(runs.filter(({ episodes }) => episodes > defaultTemplate.budget), []);
});

const [ofTsp, ofPeers] = [readRuns<TspRun>(tsp.name), readRuns<TspRun>(peers.name)];

Deno.test("docs/evidence has all runs of tsp and of each tuner, or none of them, with a gap for each instance of TSPLIB", () => {
  const seedsTo = (most: number) => Array.from({ length: most }, (_, i) => `${i + 1}`);
  const asked = [
    [ofTsp, tsp.arms.map((arm) => ({ arm, seeds: tsp.seeds }))],
    [ofPeers, peers.tools.map(({ name, seeds }) => ({ arm: name, seeds }))],
  ] as const;
  for (const [runs, arms] of asked) {
    for (const { arm, seeds } of arms) {
      const own = runs.filter((run) => run.arm === arm);
      if (own.length > 0) assertEquals(own.map(({ seed }) => seed), seedsTo(seeds), arm);
    }
    assertEquals(runs.filter(({ episodes }) => episodes > tsp.budget), []);
    assertEquals(runs.filter(({ tsplib, genome }) => tsplib.length !== (genome ? published.length : 0)), []);
  }
});

Deno.test("what is said of TSPLIB is what the template holds", async () => {
  const text = await Deno.readTextFile(`${projectRoot}/examples/tsp/data/tsplib.ndjson`);
  const held = text.trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(published.map(({ name, optimum }) => [name, optimum]), held.map(({ name, best }) => [name, best]));
});

Deno.test("the page of tsp says what was not run, what was left out, and gaps in the direction in which less is better", () => {
  const made = (arm: string, gap: number): TspRun[] =>
    Array.from({ length: 8 }, (_, i) => ({
      arm,
      seed: `${i + 1}`,
      score: -gap - i / 100,
      episodes: 750,
      raceEpisodes: 0,
      gestations: 0,
      lethal: 0,
      limited: 0,
      genome: "",
      curve: [],
      tsplib: published.map(() => gap),
      ownMs: 1000,
    }));
  const text = (ofTsp: TspRun[], ofPeers: TspRun[]) => tspPart(ofTsp, ofPeers).join("\n");
  assertEquals(text([], []).match(/Not run yet/g)?.length, 2);
  assertEquals(text(made("evolved", 1), []).match(/Not run yet/g)?.length, 1);
  const beside = text([...made("evolved", 1), ...made("random", 1.5)], made("optuna-tpe", 0.5));
  assertMatch(beside, /Left out\*\*, as not installed: irace\./);
  assertMatch(beside, /`evolved` is \*\*better\*\* than `random`: -0\.50 \[-0\.50, -0\.50\]/);
  assertMatch(beside, /`evolved` is \*\*worse\*\* than `optuna-tpe`: 0\.50 \[0\.50, 0\.50\]/);
  assertMatch(beside, /\| random \| 1\.50 \|/);
});

Deno.test("resumed() goes on where it was killed, and begins anew where the facts are others", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/runs`;
  const asked = ["1", "2", "3"].map((seed) => ({ arm: "evolved", seed }));
  const done: string[] = [];
  const call = (facts: unknown, killedAt?: string) =>
    resumed({ path, facts }, asked, async function* (left) {
      for (const { arm, seed } of left) {
        if (seed === killedAt) throw new Error("killed");
        done.push(seed);
        yield { arm, seed, score: Number(seed) };
      }
    });
  await assertRejects(() => call("a", "3"), Error, "killed");
  await Deno.writeTextFile(path, '{"arm":"evolved","se', { append: true });
  assertEquals((await call("a")).map(({ score }) => score), [1, 2, 3]);
  assertEquals(done.splice(0), ["1", "2", "3"]);
  await call("a");
  assertEquals(done, []);
  await call("b");
  assertEquals(done, ["1", "2", "3"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("docs/evidence.md says what the raw results say", async () => {
  const bare = (text: string) => text.replace(/-{2,}:?/g, "--").replace(/\s+/g, " ").trim();
  assertEquals(
    bare(await read("docs/evidence.md")),
    bare(evidencePage(readTheory(), readSelection(), runs, ofTsp, ofPeers, readAblation())),
    "make it anew: deno task prove --page",
  );
});
