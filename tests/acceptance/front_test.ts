import { assert, assertEquals, assertMatch } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { Population, until } from "./_population.ts";

const template = `${projectRoot}/tests/twin/unruly`;

interface Point {
  readonly id: string;
  readonly objectives: { readonly gap: number; readonly haste: number };
}

Deno.test("a run with two objectives and two descriptors reports its front and its archive, whose genomes are parents", async () => {
  await using run = new Population();
  await run.like(`8 of ${template} with {}, built`, async (begun) => {
    await Deno.mkdir(begun.paths.workspace, { recursive: true });
    await begun.configure({ energy: {} });
    await begun.step("init", "--count", "8", "--seed", "7", "--template", template, "--quiet");
    for (const step of ["scan", "sync-wiring", "build"]) await begun.step(step);
  });
  const reference = { gap: 20, haste: -10 };
  await run.configure({ selection: { strategy: "nsga2", size: 12, reference } });
  await run.step("lifecycle", ...until(2));
  const { records } = await run.step("report");
  const front = records.find(({ type }) => type === "report.front") as unknown as {
    hypervolume: number;
    points: Point[];
  };
  assertEquals(front.points, plainFront(run));
  assert(Math.abs(front.hypervolume - area(front.points, reference)) < 1e-9);
  assert(front.hypervolume > 0);
  assertMatch(await markdownOf(run), /## Front\n\n\d+ of \d+ agents .* Hypervolume beyond selection.reference: \d/);

  // Its own cells: eight of what was told, two of the gap.
  const descriptors = [{ measure: "told", min: 0, max: 8, bins: 8 }, { measure: "gap", min: 0, max: 10, bins: 2 }];
  await run.configure({ selection: { strategy: "map-elites", descriptors } });
  await run.step("lifecycle", ...until(4));
  const [archive] = (await run.step("report")).records.filter(({ type }) => type === "report.archive") as unknown as {
    cells: number;
    filled: number;
    coverage: number;
    elites: { id: string; fitness: number; measures: Record<string, number>; genomeHash: string }[];
  }[];
  assertEquals([archive!.cells, archive!.coverage], [16, archive!.filled / 16]);
  assert(archive!.filled >= 2);
  const cells = archive!.elites.map(({ measures }) =>
    `${Math.min(7, Math.floor(measures.told!))} ${Math.min(1, Math.floor(measures.gap! / 5))}`
  );
  assertEquals(new Set(cells).size, cells.length);
  const kept = new Set(archive!.elites.map(({ genomeHash }) => genomeHash));
  const born = run.rows<{ parents: string }>("SELECT parents FROM agents WHERE born = 4 AND kind = 'birth'");
  assert(born.length > 0);
  assert(born.every(({ parents }) => kept.has(JSON.parse(parents)[0].genomeHash)));
  const dead = run.rows<{ id: string }>("SELECT id FROM agents WHERE status = 'dead'").map(({ id }) => id);
  assert(archive!.elites.some(({ id }) => dead.includes(id)));

  assertMatch(await markdownOf(run), /## Archive\n\n\d+ of 16 cells are filled/);
});

async function markdownOf(run: Population): Promise<string> {
  return await Deno.readTextFile(`${run.paths.reports}/report.md`);
}

/** The front of the active agents, each compared with each. */
function plainFront(run: Population): Point[] {
  const rows = run.rows<{ id: string; measures: string; violation: number }>(
    `SELECT a.id, e.measures, e.violation FROM agents a JOIN evaluations e ON e.agent = a.id AND e.kind = 'judged'
      WHERE a.status = 'active' AND e.genome_hash = a.genome_hash AND e.score IS NOT NULL
      GROUP BY a.id HAVING e.cycle = max(e.cycle)`,
  );
  const points = rows.filter(({ violation }) => violation === 0).map(({ id, measures }): Point => {
    const { gap, haste } = JSON.parse(measures);
    return { id, objectives: { gap, haste } };
  });
  const isBetter = ({ objectives: a }: Point, { objectives: b }: Point) =>
    a.gap <= b.gap && a.haste >= b.haste && (a.gap < b.gap || a.haste > b.haste);
  return points.filter((one) => !points.some((other) => isBetter(other, one)))
    .sort((a, b) => a.objectives.gap - b.objectives.gap);
}

/** What points cover of the plane, strip by strip. */
function area(points: readonly Point[], reference: Point["objectives"]): number {
  let sum = 0, reached = reference.haste;
  for (const { objectives: { gap, haste } } of points) {
    sum += Math.max(0, reference.gap - gap) * Math.max(0, haste - reached);
    reached = Math.max(reached, haste);
  }
  return sum;
}
