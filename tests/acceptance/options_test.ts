import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { Population } from "./_population.ts";

/** The agents of two of the tests. */
const oneMax = [10, "--template", `${projectRoot}/tests/acceptance/onemax`] as const;
/** How agents are kept apart changes nothing here: this way is the quickest. */
const quick = ["--isolation", "shared"];

type Config = Record<string, Record<string, unknown>>;

/** What a step made of a run with this configuration; the run itself stays as it is. */
async function variant<T>(of: Population, step: string, config: Config, look: (run: Population) => T): Promise<T> {
  await using run = await of.twin();
  await run.configure(config);
  await run.step(step, ...(step === "supervise" ? quick : []));
  return look(run);
}

interface Evaluation {
  readonly outcome: string;
  readonly score: number | null;
  readonly scores: string;
  readonly evidence_hash: string;
  readonly energy: number;
  readonly crashes: number;
}

const evaluations = (run: Population) =>
  run.rows<Evaluation>(`SELECT e.outcome, e.score, e.scores, e.evidence_hash, a.energy, a.crashes FROM evaluations e
    JOIN agents a ON a.id = e.agent ORDER BY a.ordinal`);

Deno.test("each option of supervise changes what is run", async () => {
  await using run = await Population.built(3);
  const evaluated = (config: Config) => variant(run, "supervise", config, evaluations);
  const usual = await evaluated({});
  assertEquals(usual.map(({ outcome }) => outcome), Array(3).fill("finished"));

  assertEquals(await evaluated({ energy: { upkeep: 25 } }), usual);
  const [one] = await evaluated({ world: { episodes: 1 } });
  assertEquals(JSON.parse(one!.scores), JSON.parse(usual[0]!.scores).slice(0, 1));
  const each = await variant(
    run,
    "supervise",
    { fitness: { of: "median" } },
    (made) =>
      made.rows<{ scores: string; episodes: string }>("SELECT scores, episodes FROM evaluations WHERE kind = 'judged'"),
  );
  for (const { scores, episodes } of each) assertEquals(JSON.parse(episodes).length, JSON.parse(scores).length);
  for (const world of [{ steps: 7 }, { environment: "maze" }]) {
    for (const [i, evaluation] of (await evaluated({ world })).entries()) {
      assertNotEquals(evaluation.evidence_hash, usual[i]!.evidence_hash);
    }
  }
  const poor = await evaluated({ energy: { upkeep: 60, income: 31 } });
  assertEquals(poor.map(({ energy }) => energy).sort(), [102, 55.5, 55.5]);
  const capped = await evaluated({ energy: { cap: 3, upkeep: 0 } });
  assertEquals(capped.map(({ energy }) => energy), Array(3).fill(3));
  await run.configure({ limits: { wallSeconds: 0.001 }, world: { steps: 100_000 } });
  const hurried = await run.fails(1, "supervise");
  assertStringIncludes(hurried.err, "limits.wallSeconds");
});

/** Where a score stands among all, from 0 to 1. */
function place(all: readonly { readonly score: number | null }[], at: number): number {
  const count = (is: (score: number) => boolean) => all.filter(({ score }) => is(score!)).length;
  const own = all[at]!.score!;
  return (count((score) => score < own) + (count((score) => score === own) - 1) / 2) / (all.length - 1);
}

Deno.test("the energy rule goes on where genomes are judged only once", async () => {
  await using run = await Population.make(...oneMax);
  await run.configure({ selection: { strategy: "energy" }, energy: { income: 45, upkeep: 80 } });
  await run.step("lifecycle", "--cycles", "1", ...quick);
  const first = await run.status();
  const earned = first.map((_, i) => 90 * place(first, i));
  assertEquals(first.map(({ energy }) => energy), earned.map((income) => 100 + income - 80));
  await run.step("lifecycle", "--cycles", "1", ...quick);
  const second = (await run.status()).slice(0, 10);
  for (const [i, { energy, status }] of second.entries()) {
    assertEquals(energy, Math.max(0, first[i]!.energy + earned[i]! - 80));
    assertEquals(status, energy > 0 ? "active" : "dead");
  }
  assert(second.some(({ status }) => status === "dead") && second.some(({ status }) => status === "active"));
  assertEquals(run.rows<{ n: number }>("SELECT count(*) AS n FROM evaluations WHERE kind = 'judged'")[0]!.n, 10);
});

Deno.test("each option of select changes which agents die or are born", async () => {
  await using run = await Population.make(...oneMax);
  for (const step of ["scan", "sync-wiring", "build"]) await run.step(step);
  await run.step("supervise", ...quick);
  const selected = (selection: Config[string], more: Config = {}) =>
    variant(run, "select", { selection, ...more }, (made) => ({
      died: made.rows<{ id: string; score: number; code: string }>("SELECT id, score, code FROM agents WHERE died = 1"),
      parents: made.rows<{ parents: string }>("SELECT parents FROM agents WHERE kind = 'birth'")
        .map(({ parents }) => JSON.parse(parents) as { id: string }[]),
    }));
  const usual = await selected({});
  assertEquals([usual.died.length, usual.parents.length], [3, 3]);
  const worst = Math.max(...usual.died.map(({ score }) => score));

  assertEquals((await selected({ replacementFraction: 0.6 })).died.length, 6);
  assertEquals((await selected({ replacementFraction: 1, elites: 0.4 })).died.length, 6);
  assertEquals((await selected({ elites: 1 })).died.length, 0);
  assertEquals((await selected({ mates: 0 })).parents.map((parents) => parents.length), [1, 1, 1]);
  assertEquals((await selected({ mates: 3 })).parents.map((parents) => parents.length), [4, 4, 4]);
  assertEquals((await selected({ strategy: "energy" })).died, []);
  assertNotEquals((await selected({ strategy: "none" })).died, usual.died);
  await using bound = await run.twin();
  await bound.configure({ fitness: { of: "lowerBound" } });
  assertStringIncludes((await bound.fails(2, "select")).err, "at least 2 episodes: it is of 1");
  const inverted = await selected({}, { fitness: { weights: { score: -1 } } });
  assert(inverted.died.some(({ score }) => score > worst));
  assertNotEquals((await selected({ tournamentSize: 50 })).parents, usual.parents);
});
