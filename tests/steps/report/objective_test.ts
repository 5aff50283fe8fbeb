import { assert, assertEquals, assertNotMatch, assertStringIncludes } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import type { Objective, WorldSettings } from "../../../lib/runtime/contract.ts";
import { text } from "../../../lib/step/sections_text.ts";
import { collect } from "../../../lib/steps/report/collect.ts";
import { emptyHistory } from "../../../lib/steps/report/history.ts";
import { html } from "../../../lib/steps/report/html.ts";
import { markdown } from "../../../lib/steps/report/markdown.ts";
import { sections } from "../../../lib/steps/report/sections.ts";
import type { Report } from "../../../lib/steps/report/types.ts";
import { intervalText } from "../../../lib/tables/race_text.ts";
import type { Cell } from "../../../lib/tables/show.ts";
import { madePool, makeRun } from "./made_run.ts";

/** What a report of the same made run says in a world with these settings. */
async function made(settings: Partial<WorldSettings>, change: (listing: Listing) => void = () => {}): Promise<Report> {
  const folder = await Deno.makeTempDir();
  try {
    await makeRun(`${folder}/listing.db`, { agents: 12, cycles: 3 });
    using listing = Listing.open(`${folder}/listing.db`);
    change(listing);
    const pool = { ...madePool, world: { ...madePool.world, ...settings } as WorldSettings };
    return collect(listing, { run: "made", pool, history: emptyHistory(pool.hash), at: "2030-01-01" }).report;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const minimised: Objective = { name: "gap", sense: "minimise" };
const maximised: Objective = { name: "gain", sense: "maximise" };

function rowsOf(report: Report, id: string): Record<string, Cell>[] {
  const { columns, rows } = sections(report).find((section) => section.id === id)!;
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [columns[i]!.name, cell])));
}

/** Has all cycles closed in a world with an objective. */
function record(objective: Objective): (listing: Listing) => void {
  const statistics = "json_set(statistics, '$.objective', json(?))";
  return (listing) => listing.run(`UPDATE cycles SET statistics = ${statistics}`, JSON.stringify(objective));
}

const textOf = (report: Report) => text(sections(report));
const negated = (value: number | null | undefined) => value == null ? null : 0 - value;

Deno.test("a report shows what is to be minimised by its name and with its own sign, and keeps the scores", async () => {
  const plain = await made({}), report = await made({ objectives: [minimised] });
  assertEquals(report.objective, minimised);
  assertEquals([plain.objective, plain.summary.objective], [undefined, undefined]);
  assertEquals(report.cycles.map(({ score }) => score), plain.cycles.map(({ score }) => score));
  for (const [i, { score, evaluations, objective }] of report.cycles.entries()) {
    const { best, median, mean } = score;
    const values = { best: negated(best), median: negated(median), mean: negated(mean) };
    assertEquals(objective, { ...minimised, ...values });
    const { cycle: _, ranked: __, ...shown } = rowsOf(report, "scores")[i]!;
    assertEquals(shown, values);
    // The least is the best, and the upper quartile is the greater one.
    const row = rowsOf(report, "evaluations")[i]!;
    assertEquals([row.best, row.mean], [negated(evaluations.max), negated(evaluations.mean)]);
    assertEquals([row["upper quartile"], row["lower quartile"]], [
      negated(evaluations.lower),
      negated(evaluations.upper),
    ]);
    assert((row["upper quartile"] as number) >= (row["lower quartile"] as number));
  }
  for (const [i, leader] of report.leaders.entries()) {
    assertEquals([leader.score, leader.objective?.value], [plain.leaders[i]!.score, negated(leader.score)]);
    assertEquals(rowsOf(report, "leaders")[i]!.gap, negated(leader.score));
    const { mean, low, high } = leader.estimate!;
    assertEquals(rowsOf(report, "leaders")[i]!.estimate, intervalText({ mean: -mean, low: -high, high: -low }));
    assertEquals(rowsOf(plain, "leaders")[i]!.estimate, intervalText({ mean, low, high }));
    assert(i === 0 || mean <= report.leaders[i - 1]!.estimate!.mean);
  }
  const genes = rowsOf(report, "genes");
  assertEquals(genes.map((row) => row["gap with"]), plain.genes.map(({ scoreWith }) => negated(scoreWith)));
  assertEquals(genes.map((row) => row["gap without"]), plain.genes.map(({ scoreWithout }) => negated(scoreWithout)));
});

Deno.test("no document of a report names a score where the world has an objective", async () => {
  const report = await made({ objectives: [minimised] }, record(minimised));
  const documents = [textOf(report), markdown(sections(report), report.cycles, report.objective)];
  for (const document of documents) {
    assertNotMatch(document, /score/i);
    for (const title of ["gap by cycle", "Least gap now", "; less is better"]) assertStringIncludes(document, title);
  }
  assertStringIncludes(documents[1]!, "## gap over cycles");
  assertStringIncludes(documents[1]!, "Less is better.");
  const page = await html(report, sections(report));
  assertStringIncludes(page, '"objective":{"name":"gap","sense":"minimise"}');
});

Deno.test("of what is to be maximised the values are the scores, by the objective's name", async () => {
  const report = await made({ objectives: [maximised] });
  assertEquals(rowsOf(report, "scores").map(({ best }) => best), report.cycles.map(({ score }) => score.best));
  assertStringIncludes(textOf(report), "Greatest gain now");
  assertNotMatch(textOf(report), /less is better/i);
});

Deno.test("leaders go by their scores, without an estimate, where the worlds of all cycles are the same", async () => {
  const { leaders } = await made(
    { noisy: false },
    (listing) => listing.run("UPDATE evaluations SET score = length(genome_hash)"),
  );
  assertEquals(leaders.map(({ estimate }) => estimate), leaders.map(() => undefined));
  assertEquals(leaders, leaders.toSorted((a, b) => b.score - a.score));
});

Deno.test("a report marks infeasible leaders, and has no column for it where all are feasible", async () => {
  const feasible = await made({ objectives: [minimised] });
  assertNotMatch(textOf(feasible), /violation/);
  const some = await made({ objectives: [minimised] }, (listing) => {
    listing.run("UPDATE agents SET violation = 0.5 WHERE ordinal % 2 = 0");
  });
  const values = rowsOf(some, "leaders").map(({ violation }) => violation);
  assertEquals(values, [...values].sort((a, b) => Number(a) - Number(b)));
  assertEquals([values[0], values.at(-1)], [0, 0.5]);
  const all = await made({ objectives: [minimised] }, (listing) => listing.run("UPDATE agents SET violation = 0.25"));
  const best = sections(all).find(({ id }) => id === "best")!;
  assertStringIncludes(best.note, "It is infeasible: violation 0.2500.");
});

Deno.test("a report says how many cycles were played for another objective", async () => {
  const renewed = await made({ objectives: [minimised] });
  assertEquals(renewed.summary.otherObjective, 3);
  assertStringIncludes(
    textOf(renewed),
    "3 of 3 cycles were played for another objective; their scores are shown as gap",
  );
  const same = await made({ objectives: [minimised] }, record({ sense: "minimise", name: "gap" }));
  assertEquals(same.summary.otherObjective, undefined);
  const turned = await made({ objectives: [minimised] }, record({ name: "gap", sense: "maximise" }));
  assertEquals(turned.summary.otherObjective, 3);
  const former = await made({}, record(minimised));
  assertStringIncludes(textOf(former), "shown as they are kept");
  assertEquals((await made({})).summary.otherObjective, undefined);
});

Deno.test("a report tells of actions out of a declared space, and of draws in a world that is not noisy", async () => {
  const mark = (listing: Listing) => {
    const last = "cycle = 3 AND kind = 'judged' AND outcome = 'finished'";
    const agents = listing.all<{ agent: string }>(`SELECT agent FROM evaluations WHERE ${last} ORDER BY agent LIMIT 2`);
    for (const [i, { agent }] of agents.entries()) {
      listing.run(`UPDATE evaluations SET invalid = ? WHERE agent = ? AND ${last}`, 2 + i, agent);
    }
    listing.run(`UPDATE evaluations SET drew = 1 WHERE agent = ? AND ${last}`, agents[0]!.agent);
    listing.run("UPDATE evaluations SET invalid = 9, drew = 1 WHERE cycle = 2");
  };
  const spaced = { action: { space: "discrete", count: 2 } } as const;
  const { summary, ...rest } = await made(spaced, mark);
  const { invalid, drew } = summary;
  assertEquals([invalid!.evaluations, drew!.evaluations], [2, 1]);
  assert(invalid!.of >= 2 && invalid!.of === drew!.of);
  const shown = textOf({ summary, ...rest });
  for (const found of [invalid!, drew!]) {
    const { evaluations, of, agent } = found;
    const look = `see \`deno task show --run made ${agent.slice(0, 8)}\``;
    assertStringIncludes(shown, `${evaluations} of ${of} evaluations of the last cycle; ${look}`);
  }
  // An agent without an action does the first of those with names: that is no fault.
  assertEquals((await made({}, mark)).summary.invalid, undefined);
  const healthy = (await made(spaced)).summary;
  assertEquals([healthy.invalid, healthy.drew], [undefined, undefined]);
});
