import { assert, assertEquals, assertMatch, assertNotMatch, assertStringIncludes } from "@std/assert";
import { PopulationDigest } from "../../lib/agents/digest.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { Population } from "./_population.ts";

const template = `${projectRoot}/tests/acceptance/contract`;

/** A record with a score and what that stands for. */
interface Scored {
  readonly id: string;
  readonly type: string;
  readonly score?: number | null;
  readonly objective?: { readonly name: string; readonly sense: string; readonly value: number | null };
}

Deno.test("all screens of a run show what the world minimises by its name, records keep the score beside it", async (t) => {
  await using run = new Population();
  const agents = ["--count", "6", "--seed", "7", "--template", template];
  const { out } = await run.step("start", ...agents, "--cycles", "2", "--isolation", "shared", "--format", "table");
  assertEquals(run.pool().worldFunctions, ["answer", "inform", "probe"]);
  const members = (await run.step("status")).records;
  const scored = members.find(({ status, score }) => status === "active" && typeof score === "number") as
    & Record<string, unknown>
    & Scored;
  const miss = String(Number((-scored.score!).toPrecision(4)));

  await t.step("the last lines of start", () => {
    assertMatch(out, /\nbest miss \d+\.\d\d in cycle 1, \d+\.\d\d in cycle 2; mean miss \d+\.\d\d in cycle 1, /);
    assertNotMatch(out, /score/);
  });

  await t.step("records of status, explain, logs, answers and report", async () => {
    const lines = [members];
    for (const step of ["explain", "logs", "answers"]) lines.push((await run.step(step, scored.id)).records);
    lines.push((await run.step("report")).records.filter(({ type }) => type === "report.leader"));
    for (const records of lines) {
      const some = (records as unknown as Scored[]).filter(({ score }) => typeof score === "number");
      assert(some.length > 0);
      for (const { score, objective } of some) {
        assertEquals(objective, { name: "miss", sense: "minimise", value: 0 - score! });
      }
    }
  });

  await t.step("the digest of status is of the scores alone", async () => {
    const digest = new PopulationDigest();
    for (const { objective: _, ...member } of members.slice(0, -1)) digest.add(member as never);
    assertEquals(members.at(-1)!.digest, await digest.hex());
  });

  await t.step("tables of status, explain and logs", async () => {
    const table = async (step: string, ...args: string[]) => (await run.step(step, ...args, "--format", "table")).out;
    const status = await table("status");
    assertMatch(status.split("\n")[0]!, / age +miss +energy /);
    assertStringIncludes(status, (-scored.score!).toFixed(3));
    const explained = await table("explain", scored.id), logged = await table("logs", scored.id);
    assertMatch(explained, /finished with a mean miss of \d/);
    assertMatch(explained, /number \d of \d by miss \d/);
    assertStringIncludes(explained, `miss ${miss}, energy`);
    assertMatch(logged, / {2}miss \d/);
    const shown = await table("show", scored.id), answers = await table("answers", scored.id);
    assertMatch(answers.split("\n")[0]!, /^cycle +episode +miss +answer$/);
    for (const screen of [status, explained, logged, answers, shown.slice(0, shown.indexOf("source of"))]) {
      assertNotMatch(screen, /score/);
    }
  });

  await t.step("supervise", async () => {
    for (const step of ["scan", "sync-wiring", "build"]) await run.step(step);
    const { out } = await run.step("supervise", "--isolation", "shared", "--format", "table");
    assertMatch(out.split("\n")[0]!, /^id +kind +outcome +miss +wallMs +genomeAfter/);
  });

  await t.step("the report in all formats", async () => {
    const { out: document } = await run.step("report", "--format", "md");
    assertMatch(document, /\| miss \| best \d/);
    assertStringIncludes(document, "## miss over cycles");
    assertNotMatch(document, /score/i);
    const written = JSON.parse(await Deno.readTextFile(`${run.paths.reports}/report.json`));
    assertEquals(written.objective, { name: "miss", sense: "minimise" });
    assertEquals(written.summary.objective.best, 0 - written.summary.score.best);
  });

  await t.step("without the run's template they show the scores as they are kept", async () => {
    await Deno.rename(run.paths.template, `${run.paths.template}-away`);
    const [first] = (await run.step("status")).records;
    assertEquals([first!.objective, typeof first!.score], [undefined, "number"]);
    assertMatch((await run.step("logs", scored.id, "--format", "table")).out, / {2}score -\d/);
  });
});
