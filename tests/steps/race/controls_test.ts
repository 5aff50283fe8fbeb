import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { chosen } from "../../../lib/arms/choice.ts";
import { inRealm, Judge } from "../../../lib/arms/judge.ts";
import { random } from "../../../lib/arms/search.ts";
import type { RaceFinished } from "../../../lib/records/race.ts";
import { projectRoot } from "../../../lib/run/paths.ts";
import { Realm } from "../../../lib/twin/realm.ts";
import { sha256Now } from "../../../lib/util/hash_now.ts";
import { Population, shortLives, until } from "../../acceptance/_population.ts";
import { configOf, programOf } from "../../twin/made.ts";
import { untouched } from "./untouched.ts";

const few = ["--entrants", "3", "--episodes", "3", "--test", "40"];

function finishedOf({ records }: { readonly records: readonly unknown[] }): RaceFinished {
  return records.find((one) => (one as RaceFinished).type === "race.finished") as RaceFinished;
}

Deno.test("race --controls judges random search at the run's budget beside the winner, and changes nothing else", async () => {
  await using run = await new Population().evaluated(8, 2);
  const before = untouched(run);
  const plain = finishedOf(await run.step("race", ...few));
  const raced = finishedOf(await run.step("race", ...few, "--controls"));
  const { randomControl: control, ...rest } = raced;
  assertEquals(rest, plain);
  assertEquals(untouched(run), before);
  const evaluations = run.rows("SELECT 1 FROM evaluations WHERE kind = 'judged'").length;
  const { budget, episodes, raceEpisodes, genomes, expected, gain } = control!;
  assertEquals(budget, evaluations + raced.raceEpisodes);
  assert(episodes <= budget && raceEpisodes > 0 && genomes === episodes - raceEpisodes);
  assertEquals([expected!.episodes, control!.isUnseen], [40, true]);
  assertAlmostEquals(gain!.mean, raced.expected!.mean - expected!.mean, 1e-9);
  // It is what the arm of a comparison comes to, from the template itself and in one thread.
  const program = await programOf(`${projectRoot}/agent_template`);
  const ground = { program, config: configOf(shortLives), seed: "7", active: 0.5, budget };
  const judge = new Judge(ground, inRealm(ground, new Realm(program)));
  const { winner } = await chosen(judge, ground, await random(judge, ground));
  assertEquals(control!.genomeHash, sha256Now(winner!));
  const shown = await run.step("report", "--format", "table");
  const pages = ["report.html", "report.md"].map((name) => Deno.readTextFileSync(`${run.paths.reports}/${name}`));
  for (const text of [shown.out, ...pages]) {
    for (const words of ["random search with a race", "beside controls"]) assertStringIncludes(text, words);
  }
  assertEquals(finishedOf(await run.step("report")).randomControl, control);
  for (const line of (await run.step("race", ...few, "--controls", "--format", "table")).out.split("\n")) {
    assert(line.length <= 80, line);
  }
});

Deno.test("lifecycle --controls begins again where it was killed, and does nothing twice", async () => {
  await using run = await new Population().evaluated(8, 2);
  run.rows("DELETE FROM races");
  const before = await run.status();
  const begun = run.begin("race", ...few, "--controls");
  let isOver = false;
  begun.ended.then(() => isOver = true);
  while (!isOver && run.rows("SELECT 1 FROM races").length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  begun.child.kill("SIGKILL");
  await begun.ended;
  const raced = run.rows<{ result: string }>("SELECT result FROM races").map(({ result }) => JSON.parse(result));
  assertEquals(raced.map(({ randomControl }) => randomControl), [undefined]);
  const flags = [...until(2), "--race", "--controls"];
  const { randomControl } = finishedOf(await run.step("lifecycle", ...flags));
  assert(randomControl!.expected);
  const again = await run.step("lifecycle", ...flags);
  assertEquals([finishedOf(again), run.rows("SELECT 1 FROM races").length], [undefined, 2]);
  assertEquals(await run.status(), before);
});

Deno.test("--controls is refused where there is no winner, or walls that random search would not have", async () => {
  await using run = new Population();
  const cases: [string, string[], string][] = [
    ["lifecycle", ["--cycles", "1", "--controls"], "Cannot use --controls with --no-race"],
    [
      "lifecycle",
      ["--cycles", "1", "--race", "--controls", "--isolation", "bwrap"],
      "Cannot use --controls with --isolation bwrap",
    ],
    ["start", ["--controls"], "Cannot use --controls with --no-race"],
    ["race", ["--controls", "--isolation", "bwrap"], "Cannot use --controls with --isolation bwrap"],
  ];
  await run.made(2);
  for (const [step, flags, words] of cases) {
    const { err } = await run.fails(2, step, ...flags);
    assertStringIncludes(err, words);
  }
});
