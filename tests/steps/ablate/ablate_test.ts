import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { givenGenome } from "../../../lib/agents/given_genome.ts";
import { activeNames } from "../../../lib/genome/active.ts";
import { fitToPool } from "../../../lib/genome/fit.ts";
import { link } from "../../../lib/genome/link.ts";
import type { AblationFinished, AblationGene, AblationStep } from "../../../lib/records/ablation.ts";
import { projectRoot } from "../../../lib/run/paths.ts";
import { mean } from "../../../lib/statistics/moments.ts";
import { Population, shortLives, until } from "../../acceptance/_population.ts";
import type { Ended, Running } from "../../step/_run.ts";

const few = ["--test", "24", "--episodes", "16"];

/** All that an ablation must leave alone. */
function untouched(run: Population) {
  const tables = ["agents", "evaluations", "cycles", "ranks", "events", "archive", "meta", "races", "race_entrants"];
  return tables.map((table) => run.rows(`SELECT * FROM ${table}`));
}

function told({ records }: Ended) {
  const of = <T>(type: string) => records.filter((one) => one.type === type) as unknown as T[];
  return {
    effects: of<AblationGene>("ablation.gene"),
    steps: of<AblationStep>("ablation.step"),
    finished: of<AblationFinished>("ablation.finished")[0]!,
    evaluations: (records.at(-1)!.counts as { evaluations: number }).evaluations,
  };
}

/** What it came to, without the step's name. */
function resultOf({ records }: Ended) {
  return records.filter(({ type }) => type !== "step.finished");
}

const genes = [
  "src/memory_graph.ts#notePlace",
  "src/memory_graph.ts#revisit",
  "src/memory_graph.ts#towards",
  "src/rl.ts#choose",
  "src/selfmod.ts#mutateFlags",
  "src/symbolic.ts#eatRule",
];

/** A run whose first agent has few genes: one that another one calls, and one of births. */
async function begun(run: Population): Promise<string> {
  await Deno.mkdir(run.paths.workspace, { recursive: true });
  await run.configure(shortLives);
  const file = `${run.paths.workspace}/given.json`;
  await Deno.writeTextFile(file, JSON.stringify({ genes: genes.map((gene) => ({ gene })), parameters: {} }));
  await run.step("init", "--count", "2", "--seed", "7", "--from", file);
  await run.step("lifecycle", ...until(1));
  return run.rows<{ id: string }>("SELECT id FROM agents ORDER BY ordinal")[0]!.id;
}

Deno.test("ablate tells each gene's worth, leaves out what can be spared, and changes nothing that a cycle reads", async () => {
  await using run = new Population();
  const id = await begun(run);
  const file = `${run.paths.root}/small.json`;
  const before = untouched(run);
  await killed(run.begin("ablate", id, ...few, "--out", file, "--workers", "1"), run);
  const ended = await run.step("ablate", id.slice(0, 8), ...few, "--out", file, "--workers", "2");
  assertEquals(untouched(run), before);
  const { effects, steps, finished } = told(ended);
  const pool = run.pool(), active = activeNames(run.genome(id), pool);
  assertEquals(effects.map(({ gene }) => gene), [...genes, "src/memory_graph.ts"]);
  const { [genes[2]!]: called, [genes[3]!]: decides, [genes[4]!]: births } = Object.fromEntries(
    effects.map((one) => [one.gene, one]),
  );
  assertEquals([called!.verdict, decides!.verdict, births!.verdict], ["lethal", "helps", "no effect"]);
  assertEquals(births!.reason, "it is called at births alone");
  assertStringIncludes(called!.reason!, "`revisit` in src/memory_graph.ts calls `towards`");
  assertEquals([finished.agent, finished.active, finished.episodes, finished.expected!.episodes], [
    id,
    active.size,
    24,
    24,
  ]);
  // What was kept of the evaluations says the same.
  const scores = run.rows<{ genome: string; scores: string }>(
    "SELECT genome_hash AS genome, scores FROM race_evaluations WHERE worlds LIKE 'test:%' ORDER BY start",
  );
  const meanOf = (genome: string) =>
    mean(scores.filter((row) => row.genome === genome).flatMap((row) => JSON.parse(row.scores) as number[]));
  assertEquals(meanOf(finished.genomeHash), finished.expected!.mean);
  const { smallest } = finished;
  const lost = finished.expected!.mean - meanOf(smallest.genomeHash);
  assert(Math.abs(smallest.loss!.mean - lost) < 1e-9);
  for (const { verdict, adjusted, p, effect } of effects) {
    assertEquals(p === null, ["lethal", "failed", "no effect"].includes(verdict));
    if (p === null) continue;
    assertEquals(verdict, adjusted! >= 0.05 ? "not shown" : effect!.mean > 0 ? "helps" : "harms");
    assert(adjusted! >= p && effect!.low! <= effect!.mean && effect!.mean <= effect!.high!);
  }
  // None that is left could be spared by what it was decided by; what is written is what `init --from` takes.
  assert(smallest.genes.every(({ loss }) => loss === null || loss > finished.margin));
  assertEquals(active.size, smallest.genes.length + steps.flatMap(({ genes }) => genes).length);
  const written = givenGenome(Deno.readFileSync(file), pool);
  assert(written.ok && fitToPool(written.value, pool, { has: () => false }).ok && !link(written.value, pool));
  assertEquals([...activeNames(written.value, pool)].sort(), smallest.genes.map(({ gene }) => gene));
  // Nothing is run twice; by one worker, and not killed, it is the same.
  const known = resultOf(ended).map(({ out: _, ...one }) => one);
  assertEquals(told(await run.step("ablate", id, ...few)).evaluations, 0);
  run.rows("DELETE FROM race_evaluations");
  const again = await run.step("ablate", id, ...few, "--workers", "1");
  assertEquals(resultOf(again), known);
  assert(told(ended).evaluations <= told(again).evaluations - 4);
  assertStringIncludes((await run.step("ablate", id, ...few, "--format", "table")).out, "The smallest genome found");
  const fertile = told(await run.step("ablate", id, ...few, "--fertile")).finished.smallest.genes;
  assert(fertile.some(({ gene }) => gene === genes[4]) && !smallest.genes.some(({ gene }) => gene === genes[4]));
  // A file that is there is not written over, and one that can't be is told of before the work.
  for (const taken of [file, `${run.paths.root}/missing/small.json`, `${projectRoot}/lib/small.json`]) {
    const { err } = await run.fails(2, "ablate", id, "--out", taken);
    assertStringIncludes(err, `Cannot write ${taken} as`);
  }
  await refuses(run, id);
});

/** Kills a step that has run something. */
async function killed({ child, ended }: Running, run: Population): Promise<void> {
  while (run.rows("SELECT 1 FROM race_evaluations").length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill("SIGKILL");
  await ended;
}

/** What is no genome to take apart. */
async function refuses(run: Population, id: string): Promise<void> {
  const codeOf = ({ records }: Ended) => (records.at(-1)!.issue as { code: string }).code;
  assertEquals(codeOf(await run.fails(2, "ablate", "ffffffff")), "agent.unknown");
  run.rows("UPDATE agents SET code_hash = ? WHERE id = ?", "b".repeat(64), id);
  assertEquals(codeOf(await run.fails(1, "ablate", id)), "ablate.template");
  run.rows(
    "DELETE FROM blobs WHERE hash = (SELECT coalesce(scored_genome_hash, genome_hash) FROM agents WHERE id = ?)",
    id,
  );
  assertEquals(codeOf(await run.fails(1, "ablate", id)), "ablate.forgotten");
}

Deno.test("ablate in a world without chance says that nothing is unseen, and shows no more than that", async () => {
  await using run = new Population();
  await run.step("init", "--count", "2", "--seed", "7", "--template", `${projectRoot}/tests/acceptance/onemax`);
  const { records } = await run.fails(2, "ablate");
  assertEquals((records.at(-1)!.issue as { code: string }).code, "best.none");
  await run.step("lifecycle", "--cycles", "1", "--isolation", "shared");
  const { effects, finished } = told(await run.step("ablate"));
  const { expected, unexpected, smallest, episodes } = finished;
  assertEquals([expected, unexpected, smallest.expected, smallest.verdict], [
    null,
    "no unseen instance",
    null,
    "not shown",
  ]);
  assert(
    episodes > 0 &&
      effects.every(({ p, effect, verdict }) =>
        p === null && (effect?.low ?? null) === null && verdict !== "helps" && verdict !== "harms"
      ),
  );
  assertStringIncludes((await run.step("ablate", "--format", "table")).out, "are seen ones");
});
