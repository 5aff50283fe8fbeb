import { assert, assertEquals } from "@std/assert";
import { Listing } from "../../lib/db/listing.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { Population } from "../acceptance/_population.ts";
import { copyFolder } from "../begun.ts";
import { makeCycles } from "../made_cycles.ts";

/** Tables that steps outside of cycles fill, or that are empty in a run that nothing has failed in. */
const others = new Set(["cursors", "races", "race_entrants", "race_evaluations", "meta", "sources", "memories"]);
const compared = ["agents", "evaluations", "ranks", "events", "cycles", "agent_builds", "step_runs"];

function tablesOf({ listing }: { listing: Listing }): string[] {
  return listing.all<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  )
    .map(({ name }) => name).filter((name) => !others.has(name));
}

const count = (listing: Listing, table: string) => listing.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)!.n;

/** Of each column how much of it is there, and how much of that is distinct. */
function columnsOf(listing: Listing, table: string): Record<string, readonly [there: number, distinct: number]> {
  const names = listing.all<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => name);
  return Object.fromEntries(names.map((name) => {
    const { there, distinct } = listing.get<{ there: number; distinct: number }>(
      `SELECT count(${name}) * 1.0 / count(*) AS there, count(DISTINCT ${name}) * 1.0 / max(1, count(${name})) AS "distinct" FROM ${table}`,
    )!;
    return [name, [there, distinct]];
  }));
}

/** With `-- --whole` the run that makeCycles() is held to is one of 30 cycles of 30 agents, which takes minutes. */
const size = Deno.args.includes("--whole") ? { agents: 30, cycles: 30 } : { agents: 16, cycles: 8 };

Deno.test("makeCycles() leaves a listing as a run of the default template does, and reports of the same kind", async () => {
  await using real = new Population(), made = new Population();
  await real.made(size.agents, "--template", `${projectRoot}/agent_template`);
  await copyFolder(`${projectRoot}/runs/${real.name}`, `${projectRoot}/runs/${made.name}`);
  await real.step("lifecycle", "--cycles", `${size.cycles}`, "--isolation", "shared");
  {
    using listing = Listing.open(made.paths.listing);
    makeCycles(listing, { pool: made.pool(), cycles: size.cycles, retention: 100 });
  }
  {
    using one = Listing.open(real.paths.listing, { readOnly: true }),
      two = Listing.open(made.paths.listing, { readOnly: true });
    for (const table of tablesOf({ listing: one })) {
      const [wanted, found] = [count(one, table), count(two, table)];
      assertEquals([table, found > 0], [table, wanted > 0]);
      // How much agents write depends on which genes were drawn.
      if (wanted >= 20 && table !== "outbox" && table !== "inboxes") {
        assert(found > wanted / 2 && found < wanted * 2, `${table}: ${found} rows, ${wanted} of a real run`);
      }
    }
    for (const table of compared) {
      const [wanted, found] = [columnsOf(one, table), columnsOf(two, table)];
      for (const [name, [there, distinct]] of Object.entries(wanted)) {
        // Where processes share nothing, and no group of their own, CPU is not measured.
        if (["cpu_ms", "memory_bytes", "wall_ms"].includes(name)) continue;
        const [madeThere, madeDistinct] = found[name]!;
        assert(Math.abs(there - madeThere) < 0.4, `${table}.${name}: there in ${madeThere}, in ${there} of a real run`);
        const isKnown = Math.min(there, madeThere) > 0.2;
        assert(
          !isKnown || Math.abs(distinct - madeDistinct) < 0.6,
          `${table}.${name}: ${madeDistinct} distinct, ${distinct} of a real run`,
        );
      }
    }
    // What comes about now and then need not in so small a run.
    const types = (listing: Listing, least: number) =>
      listing.all("SELECT type FROM events GROUP BY type HAVING count(*) >= ?", least).map(({ type }) => type);
    for (const type of types(one, 10)) assert(types(two, 1).includes(type), `${type}`);
  }
  const report = async (run: Population) => {
    await run.step("report");
    const told = JSON.parse(await Deno.readTextFile(`${run.paths.reports}/report.json`));
    return { told, length: (await Deno.stat(`${run.paths.reports}/report.html`)).size };
  };
  const [wanted, found] = [await report(real), await report(made)];
  assertEquals(Object.keys(found.told), Object.keys(wanted.told));
  assertEquals(
    Object.keys(found.told.cycles.at(-1)).filter((key) => key !== "evaluationCpu"),
    Object.keys(wanted.told.cycles.at(-1)).filter((key) => key !== "evaluationCpu"),
  );
  assert(
    Math.abs(found.length / wanted.length - 1) < 0.25,
    `${found.length} bytes of a page, ${wanted.length} of a real run`,
  );
});

Deno.test("the page of a report grows by less than 2 kB a cycle, so that 1,000 stay below 5 MB with a replay", async () => {
  await using run = new Population();
  await run.made(8, "--template", `${projectRoot}/agent_template`);
  const lengths: number[] = [];
  const { listing: path, reports } = run.paths;
  const first = await Deno.readFile(path);
  for (const cycles of [60, 120]) {
    await Deno.writeFile(path, first);
    {
      using listing = Listing.open(path);
      makeCycles(listing, { pool: run.pool(), cycles, retention: 10 });
    }
    await run.step("report");
    lengths.push((await Deno.stat(`${reports}/report.html`)).size);
  }
  const each = (lengths[1]! - lengths[0]!) / 60;
  // What does not grow, with the most that a replay takes.
  const rest = lengths[0]! - 60 * each + 1_048_576;
  assert(each < 2000 && rest + 1000 * each < 5_000_000, `${each} bytes a cycle, ${rest} besides`);
});
