import { assert, assertEquals, assertMatch } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { Expression } from "../../../lib/genome/expression.ts";
import { phylogenyPass } from "../../../lib/steps/export/alife.ts";
import { cyclesPass } from "../../../lib/steps/export/cycles.ts";
import { evaluationsPass } from "../../../lib/steps/export/evaluations.ts";
import type { Pass } from "../../../lib/steps/export/table.ts";
import { tables } from "../../docs_pages.ts";
import { documented, rowsOf } from "./page.ts";

Deno.test("docs/export.md has every table with its columns, types and units", async () => {
  const found = (await tables("docs/export.md")).filter(([heading]) => heading![0] === "column");
  const bare = (cells: readonly string[]) => cells.map((cell) => cell.replace(/^`([^`]+)`$/, "$1"));
  assertEquals(found.map((table) => table.slice(1)), documented.map((table) => rowsOf(table).map(bare)));
});

Deno.test("tables and columns have names of their own in snake case, and none is at", () => {
  const names = documented.map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
  for (const { name, columns } of documented) {
    const all = columns.map(({ name }) => name);
    assertEquals(new Set(all).size, all.length, name);
    for (const one of [name, ...all]) assertMatch(one, /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    assert(!all.includes("at"), name);
  }
});

/** The rows of a pass over a listing, by table, each as an object. */
function read(pass: Pass, fill: (listing: Listing) => void): Record<string, Record<string, unknown>[]> {
  const path = Deno.makeTempFileSync({ suffix: ".db" });
  Deno.removeSync(path);
  try {
    using listing = Listing.open(path, { create: true });
    fill(listing);
    const expression = new Expression({ files: [], world: {} } as never);
    const found: Record<string, Record<string, unknown>[]> = Object.fromEntries(
      pass.tables.map(({ name }) => [name, []]),
    );
    for (const [{ name, columns }, row] of pass.rows({ listing, expression })) {
      assertEquals(row.length, columns.length);
      found[name]!.push(Object.fromEntries(columns.map((column, at) => [column.name, row[at]])));
    }
    return found;
  } finally {
    for (const end of ["", "-wal", "-shm"]) {
      try {
        Deno.removeSync(`${path}${end}`);
      } catch {
        // SQLite removes them itself when it closes.
      }
    }
  }
}

function enter(listing: Listing, columns: Readonly<Record<string, string | number | null>>): void {
  const all = {
    cycle: 1,
    agent: "a",
    kind: "judged",
    genome_hash: "g",
    code_hash: "c",
    build_hash: "b",
    inputs: "{}",
    ...columns,
  };
  const names = Object.keys(all);
  listing.run(
    `INSERT INTO evaluations (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
    ...Object.values(all),
  );
}

Deno.test("evaluations: scores and measures of each episode stand with its instance, means apart", () => {
  const found = read(evaluationsPass, (listing) => {
    enter(listing, {
      outcome: "finished",
      score: -1.5,
      scores: "[-1,-2]",
      measures: '{"length":1.5,"a,b\\"\\n":0}',
      episodes: '[{"length":1},{"length":2}]',
      inputs: '{"instances":[7,3]}',
      drew: 1,
      wall_ms: 2.5,
    });
    enter(listing, {
      agent: "b",
      outcome: "memory",
      message: "too, much",
      limit_reached: '{"name":"memoryMiB","value":64,"enforcedBy":"rlimit"}',
      reproducible: 0,
    });
    enter(listing, { agent: "c", kind: "gestation" });
  });
  const key = { cycle: 1, agent: "a", kind: "judged" };
  assertEquals(found.episodes, [
    { ...key, episode: 0, instance: 7, score: -1 },
    { ...key, episode: 1, instance: 3, score: -2 },
  ]);
  assertEquals(found.measures, [
    { ...key, measure: "length", value: 1.5 },
    { ...key, measure: 'a,b"\n', value: 0 },
  ]);
  assertEquals(found.episode_measures, [
    { ...key, episode: 0, instance: 7, measure: "length", value: 1 },
    { ...key, episode: 1, instance: 3, measure: "length", value: 2 },
  ]);
  const shown = found.evaluations!.map((
    row,
  ) => [row.outcome, row.cause, row.message, row.score, row.episodes, row.drew]);
  assertEquals(shown, [
    ["finished", null, null, -1.5, 2, true],
    ["memory", "agent", "too, much", null, 0, false],
    [null, null, null, null, 0, false],
  ]);
  const { limit_name, limit_value, limit_enforced_by, reproducible } = found.evaluations![1]!;
  assertEquals([limit_name, limit_value, limit_enforced_by, reproducible], ["memoryMiB", 64, "rlimit", false]);
});

Deno.test("cycles: one that was compacted tells what is kept of it", () => {
  const kept = {
    cycle: 1,
    state: "closed",
    alive: 4,
    score: { best: 2, median: 1, mean: 1, ranked: 4 },
    evaluations: {},
    evaluationMs: {},
    gestations: {},
    outcomes: { finished: 3, crash: 1 },
    counted: 4,
    genes: { "src/a.ts#step": 3 },
    parameters: {
      "src/a.ts#rate": { count: 3, lower: 0.1, median: 0.2, upper: 0.3, association: { rho: -0.5, genomes: 3 } },
      "src/a.ts#size": { count: 3, lower: 1, median: 2, upper: 3 },
    },
    measures: { length: { count: 4, lower: 1, median: 2, upper: 3 } },
  };
  const found = read(cyclesPass, (listing) => {
    listing.run("INSERT INTO cycles (cycle, state, statistics) VALUES (1, 'closed', '{}'), (2, 'open', NULL)");
    listing.run("INSERT INTO cycle_reports VALUES (1, ?)", JSON.stringify(kept));
  });
  assertEquals(found.cycles!.map(({ cycle, state, score_best, entropy }) => [cycle, state, score_best, entropy]), [
    [1, "closed", 2, null],
    [2, "open", null, null],
  ]);
  assertEquals(found.genes, [{ cycle: 1, gene: "src/a.ts#step", carriers: 3, share: 0.75 }]);
  assertEquals(
    found.parameters!.map(({ parameter, median, score_correlation, score_genomes }) => [
      parameter,
      median,
      score_correlation,
      score_genomes,
    ]),
    [["src/a.ts#rate", 0.2, -0.5, 3], ["src/a.ts#size", 2, null, null]],
  );
  assertEquals(found.cycle_measures, [{ cycle: 1, measure: "length", evaluations: 4, lower: 1, median: 2, upper: 3 }]);
  assertEquals(found.cycle_outcomes, [
    { cycle: 1, outcome: "finished", evaluations: 3 },
    { cycle: 1, outcome: "crash", evaluations: 1 },
  ]);
});

Deno.test("phylogeny: ancestors are the first parent, and those that the child has something of", () => {
  const found = read(phylogenyPass, (listing) => {
    const agent = (ordinal: number, died: number | null, parents: unknown[]) =>
      listing.run(
        `INSERT INTO agents (ordinal, id, status, kind, stage, generation, born, died, parents, genome_hash, code_hash,
          energy) VALUES (?, ?, 'active', 'birth', 'adult', 0, ?, ?, ?, 'g', 'c', 1)`,
        ordinal,
        `id${ordinal}`,
        ordinal,
        died,
        JSON.stringify(parents),
      );
    const parent = (ordinal: number, share: number | null) => ({ id: `id${ordinal}`, genomeHash: "g", share });
    agent(0, 3, []);
    agent(1, null, []);
    agent(2, null, [parent(1, 0), parent(0, 0.5)]);
    agent(3, null, [parent(2, null), parent(1, 0), parent(0, null)]);
  });
  assertEquals(
    found.phylogeny!.map(({ id, ancestor_list, origin_time, destruction_time, taxon_label }) => [
      id,
      ancestor_list,
      origin_time,
      destruction_time,
      taxon_label,
    ]),
    [
      [0, "[none]", 0, "3", "id0"],
      [1, "[none]", 1, "inf", "id1"],
      [2, "[1,0]", 2, "inf", "id2"],
      [3, "[2]", 3, "inf", "id3"],
    ],
  );
});
