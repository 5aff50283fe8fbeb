import { DuckDBInstance } from "@duckdb/node-api";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { root, Run } from "../evolve.ts";
import { missing } from "../tools.ts";

const formats = ["parquet", "csv", "ndjson"] as const;

/** The blocks of code on the page of exports, by language. */
const page = new Map(
  [...(await Deno.readTextFile(`${root}/docs/export.md`)).matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .map(([, language, code]) => [language!, code!]),
);

/** A run of a template with objectives and instances, and its exports. */
class Exported implements AsyncDisposable {
  readonly run = new Run();
  readonly folder = Deno.makeTempDirSync();

  static async make(): Promise<Exported> {
    const made = new Exported();
    await made.run.step("init", "--count", "40", "--seed", "7", "--template", `${root}/examples/tsp`);
    await made.run.step("lifecycle", "--cycles", "3", "--isolation", "shared", "--no-race");
    for (const format of formats) {
      await made.run.step("export", "--format", format, "--out", `${made.folder}/${format}`);
    }
    return made;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.run[Symbol.asyncDispose]();
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** What DuckDB says of a query on the files of a format, whose tables are views. */
async function duckdb(folder: string, format: string, sql: string): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  try {
    const read = format === "ndjson" ? "read_json" : format === "csv" ? "read_csv" : "read_parquet";
    for (const name of ["agents", "lineage", "evaluations", "episodes", "measures", "episode_measures", "events"]) {
      await connection.run(`CREATE VIEW ${name} AS SELECT * FROM ${read}('${folder}/${format}/${name}.${format}')`);
    }
    const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
    return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
  } finally {
    connection.closeSync();
  }
}

/** DuckDB gives 64 bits as text. */
function plain(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
}

/** The same question to the listing, of which the first is asked in the words of the export. */
const questions: Readonly<Record<string, readonly [duckdb: string, sqlite: string]>> = {
  agents: [
    `SELECT status, count(*) AS n, count(died) AS dead, sum(score) AS score, sum(energy) AS energy, max(generation) AS depth
      FROM agents GROUP BY status ORDER BY status`,
    `SELECT status, count(*) AS n, count(died) AS dead, sum(score) AS score, sum(energy) AS energy, max(generation) AS depth
      FROM agents GROUP BY status ORDER BY status`,
  ],
  lineage: [
    "SELECT count(*) AS n, sum(parent_ordinal) AS parents, sum(ordinal) AS children, sum(share) AS share FROM lineage",
    `SELECT count(*) AS n, sum(p.ordinal) AS parents, sum(a.ordinal) AS children, sum(j.value ->> '$.share') AS share
      FROM agents a, json_each(a.parents) j JOIN agents p ON p.id = j.value ->> '$.id'`,
  ],
  evaluations: [
    `SELECT cycle, kind, outcome, count(*) AS n, count(score) AS scored, sum(score) AS score, sum(violation) AS violation,
      count(genome_after) AS changed, sum(CASE WHEN reproducible THEN 1 ELSE 0 END) AS reproducible
      FROM evaluations GROUP BY ALL ORDER BY cycle, kind, outcome`,
    `SELECT cycle, kind, outcome, count(*) AS n, count(score) AS scored, sum(score) AS score, sum(violation) AS violation,
      count(genome_after) AS changed, sum(reproducible) AS reproducible
      FROM evaluations GROUP BY cycle, kind, outcome ORDER BY cycle, kind, outcome`,
  ],
  "episodes by instance": [
    "SELECT instance, count(*) AS n, sum(score) AS score FROM episodes GROUP BY instance ORDER BY instance",
    `SELECT i.value AS instance, count(*) AS n, sum(s.value) AS score FROM evaluations, json_each(scores) s,
      json_each(inputs, '$.instances') i WHERE i.key = s.key GROUP BY i.value ORDER BY i.value`,
  ],
  measures: [
    "SELECT measure, count(*) AS n, sum(value) AS value FROM measures GROUP BY measure ORDER BY measure",
    `SELECT m.key AS measure, count(*) AS n, sum(m.value) AS value FROM evaluations, json_each(measures) m GROUP BY m.key
      ORDER BY m.key`,
  ],
  "measures of episodes": [
    `SELECT measure, instance, count(*) AS n, sum(value) AS value FROM episode_measures
      GROUP BY measure, instance ORDER BY measure, instance`,
    `SELECT m.key AS measure, i.value AS instance, count(*) AS n, sum(m.value) AS value
      FROM evaluations v, json_each(v.episodes) e, json_each(e.value) m, json_each(v.inputs, '$.instances') i
      WHERE i.key = e.key GROUP BY m.key, i.value ORDER BY m.key, i.value`,
  ],
  events: [
    `SELECT type, count(*) AS n, count(agent) AS agents, min(number) AS first,
      strftime(max(recorded_at), '%Y-%m-%dT%H:%M:%S.%gZ') AS last FROM events GROUP BY type ORDER BY type`,
    "SELECT type, count(*) AS n, count(agent) AS agents, min(id) AS first, max(at) AS last FROM events GROUP BY type ORDER BY type",
  ],
};

function assertClose(actual: Record<string, unknown>[], wanted: Record<string, unknown>[], about: string): void {
  assertEquals(actual.length, wanted.length, about);
  for (const [at, row] of actual.entries()) {
    assertEquals(Object.keys(row), Object.keys(wanted[at]!));
    for (const [name, value] of Object.entries(row)) {
      const other = wanted[at]![name];
      // Sums of doubles depend on their order.
      if (typeof value === "number" && typeof other === "number") {
        assertAlmostEquals(value, other, 1e-9 * (1 + Math.abs(other)), `${about}: ${name} of row ${at}`);
      } else assertEquals(value, other, `${about}: ${name} of row ${at}`);
    }
  }
}

const withoutPython = await missing("python3");

Deno.test("DuckDB reads exports of a real run, and finds what SQL finds in the listing", async (t) => {
  await using exported = await Exported.make();
  const { run, folder } = exported;
  using listing = new DatabaseSync(`${run.folder}/workspace/listing.db`, { readOnly: true });

  for (const format of formats) {
    for (const [name, [asked, sql]] of Object.entries(questions)) {
      await t.step(`${format}: ${name}`, async () => {
        const wanted = listing.prepare(sql).all() as Record<string, unknown>[];
        assert(wanted.length > 0 && Number(wanted[0]!.n) > 0, "the run has some");
        assertClose(await duckdb(folder, format, asked), wanted.map((row) => ({ ...row })), name);
      });
    }
  }

  await t.step("parquet: the types of all columns are those that export.json tells", async () => {
    const texts = { text: "VARCHAR", json: "VARCHAR", time: "TIMESTAMP" };
    const types: Record<string, string> = { integer: "BIGINT", real: "DOUBLE", boolean: "BOOLEAN", ...texts };
    const { files } = JSON.parse(await Deno.readTextFile(`${folder}/parquet/export.json`));
    for (const { file, rows, columns } of files) {
      const found = await duckdb(folder, "parquet", `DESCRIBE SELECT * FROM '${folder}/parquet/${file}'`);
      assertEquals(
        found.map(({ column_name, column_type }) => [column_name, column_type]),
        columns.map(({ name, type }: Record<string, string>) => [name, types[type!]]),
        file,
      );
      const [{ n }] = await duckdb(folder, "parquet", `SELECT count(*) AS n FROM '${folder}/parquet/${file}'`) as [
        { n: number },
      ];
      assertEquals(n, rows, file);
    }
  });

  await t.step("the query of DuckDB on the page, and that of Python where it is installed, agree", async () => {
    const [, sql] = /^-- DuckDB\n(.*)$/s.exec(page.get("sql")!)!;
    const found = await duckdb(folder, "parquet", sql!.replace("'results/", `'${folder}/parquet/`));
    assertEquals(found.map(({ cycle }) => cycle), [1, 2, 3]);
    if (withoutPython) return;
    const code = page.get("python")!.replace('"results-csv/', `"${folder}/csv/`);
    const { stdout, stderr } = await new Deno.Command("python3", { args: ["-I", "-c", code] }).output();
    const lines = new TextDecoder().decode(stdout).trimEnd().split("\n").map((line) => line.split(" ").map(Number));
    assertClose(
      lines.map(([cycle, evaluations, mean, best]) => ({ cycle, evaluations, mean, best })),
      found,
      new TextDecoder().decode(stderr),
    );
  });
});
