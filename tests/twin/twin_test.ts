import { assert, assertEquals, assertGreater, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import type { Config } from "../../lib/run/config_schema.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { worldsOf } from "../../lib/run/worlds.ts";
import { evaluateGenomes, runTwins, type TwinJob, type TwinProgram, type TwinRun } from "../../lib/twin/twin.ts";
import { Misuse, StepFailed } from "../../lib/util/issue.ts";
import { changedProgram, configOf, programOf, unruly } from "./made.ts";

const onemax = `${projectRoot}/examples/onemax`;

async function runOf(program: TwinProgram, job: Partial<TwinJob>): Promise<TwinRun> {
  const whole = { seed: "7", config: defaultConfig, count: 8, ...job };
  const [run] = await Array.fromAsync(runTwins(program, [whole], { workers: 1 }));
  return run!;
}

Deno.test("runTwins() gives the same runs in the order of the jobs, with one Worker and with two", async () => {
  const program = await programOf(unruly);
  const jobs = ["a", "b", "c"].map((seed): TwinJob => ({ seed, config: defaultConfig, count: 8, cycles: 3 }));
  const [one, two] = await Promise.all([1, 2].map((workers) => Array.fromAsync(runTwins(program, jobs, { workers }))));
  assertEquals(one!.map(({ seed }) => seed), ["a", "b", "c"]);
  assertEquals(one, two);
});

Deno.test("a run ends in the cycle that comes to the episodes, the cycles or the score that are asked for", async () => {
  const program = await programOf(onemax);
  const config = configOf({ selection: { strategy: "one-plus-one", size: 2 } });
  const byEpisodes = await runOf(program, { config, count: 1, active: 1, episodes: 5 });
  assertEquals([byEpisodes.end, byEpisodes.last.episodes, byEpisodes.cycles.length], ["episodes", 5, 5]);
  const byScore = await runOf(program, { config, count: 1, active: 1, until: 58, cycles: 1000, tells: "nothing" });
  assertEquals([byScore.end, byScore.cycles.length], ["score", 0]);
  assertGreater(byScore.last.best!.score, 57);
  assertEquals((await runOf(program, { config, count: 1, cycles: 2, episodes: 50 })).end, "cycles");
});

Deno.test("a gene that does not come back is ended, counted, and disables its agent; the others go on", async () => {
  const program = await changedProgram(
    "src/act.ts",
    (text) => text.replace('throw new Error("too much");', "for (;;);"),
  );
  const config: Config = {
    ...configOf({ backoff: { crashes: 1 } }),
    limits: { ...defaultConfig.limits, cpuSeconds: 0.1 },
  };
  const { cycles, last } = await runOf(program, { config, cycles: 1, tells: "agents" });
  assertGreater(last.limited, 0);
  assertGreater(last.evaluated - last.failed, 0);
  assert(cycles[0]!.agents!.some(({ code }) => code === "evaluation.cpu"));
});

Deno.test("a world that fails where no gene is active ends the run, and says so", async () => {
  const program = await changedProgram(
    "world.ts",
    (text) => text.replace("state.steps++;", "throw new Error('broken');"),
  );
  const error = await assertRejects(() => runOf(program, { cycles: 1 }), StepFailed);
  assertEquals(error.issue.code, "template.world");
  assertStringIncludes(error.message, "world.ts#act threw an Error");
});

Deno.test("twinProgram() refuses a template with the file and line of what is wrong", async () => {
  const mistyped = () => changedProgram("src/walk.ts", (text) => text.replace("value / 2", '"a" * 2'));
  assertMatch((await assertRejects(mistyped, Misuse)).issue.path!, /src\/walk\.ts:\d+$/);
});

Deno.test("modules of plugins/ are refused", async () => {
  const program = await programOf(unruly);
  for (const config of [{ selection: { strategy: "plugins/a.ts" } }, { fitness: { module: "plugins/a.ts" } }]) {
    const error = await assertRejects(() => runOf(program, { config: configOf(config), cycles: 1 }), Misuse);
    assertEquals(error.issue.code, "config.twin");
  }
});

Deno.test("a strategy is refused in a world that lacks what it goes by", async () => {
  const config = configOf({ selection: { strategy: "nsga2" } });
  const error = await assertRejects(async () => runOf(await programOf(onemax), { config, cycles: 1 }), Misuse);
  assertEquals(error.issue.code, "selection.needs");
});

Deno.test("evaluateGenomes() gives each genome the score that it earned in a run, in a world without chance", async () => {
  const program = await programOf(onemax);
  const { population } = await runOf(program, { cycles: 3 });
  const scored = population.filter(({ score }) => score !== null);
  const [world] = worldsOf("7", 1, program.pool.world, defaultConfig.world);
  const exam = {
    seed: "x",
    config: defaultConfig,
    genomes: scored.map(({ genome }) => genome),
    worlds: [world!, world!],
  };
  const [scores] = await Array.fromAsync(evaluateGenomes(program, [exam], { workers: 1 }));
  assertGreater(scored.length, 0);
  assertEquals(scores!.map(({ scores }) => scores), scored.map(({ score }) => [score, score]));
  assertEquals(scores!.map(({ genomeHash }) => genomeHash), scored.map(({ genomeHash }) => genomeHash));
});

Deno.test("evaluateGenomes() tells why a genome has no score", async () => {
  const program = await programOf(unruly);
  const worlds = worldsOf("7", 1, program.pool.world, defaultConfig.world);
  const exam = { seed: "x", config: defaultConfig, genomes: [new Uint8Array([1])], worlds };
  const [scores] = await Array.fromAsync(evaluateGenomes(program, [exam], { workers: 1 }));
  assertMatch(scores![0]!.issue!.code, /^genome\./);
});
