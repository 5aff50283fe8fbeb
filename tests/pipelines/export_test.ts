import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { parquetMetadata } from "hyparquet";
import type { Column } from "../../lib/steps/export/table.ts";
import { tablesOf } from "../../lib/steps/export/tables.ts";
import { Listing } from "../../lib/db/listing.ts";
import { beginWith } from "../begun.ts";
import { NamedRun } from "./named_run.ts";

/** A run of 12 agents and 3 cycles, some of which have failed evaluations. */
async function evolved(): Promise<NamedRun> {
  const run = await NamedRun.make();
  const make = async () => {
    assertEquals((await run.init("--count", "12")).code, 0);
    const { code, stderr } = await run.step("lifecycle", ["--cycles", "3", "--no-race", "--isolation", "shared"]);
    assertEquals([code, stderr.includes("error")], [0, false], stderr);
    return run.paths.root;
  };
  await beginWith("export: 12 agents, 3 cycles", make, run.paths.root);
  return run;
}

/** A folder that is gone at the end, in which exports are to lie. */
class Folder implements AsyncDisposable {
  readonly path = Deno.makeTempDirSync();

  names(): string[] {
    return [...Deno.readDirSync(this.path)].map(({ name }) => name).sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

type Rows = Record<string, unknown>[];

function ndjson(path: string): Rows {
  return Deno.readTextFileSync(path).split("\n").slice(0, -1).map((line) => JSON.parse(line));
}

function csv(path: string): Record<string, string>[] {
  const [heading, ...lines] = parse(Deno.readTextFileSync(path));
  return lines.map((line) => Object.fromEntries(heading!.map((name, at) => [name, line[at]!])));
}

const isOf: Record<Column["type"], (value: unknown) => boolean> = {
  integer: (value) => Number.isSafeInteger(value),
  real: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  text: (value) => typeof value === "string",
  time: (value) => typeof value === "string" && new Date(value).toISOString() === value,
  json: () => true,
};

Deno.test("export writes all tables of a real run, of whose listing they have every row", async (t) => {
  await using run = await evolved();
  await using folder = new Folder();
  for (const format of ["ndjson", "csv", "parquet"]) {
    const { code, records, stderr } = await run.step("export", [
      "--format",
      format,
      "--out",
      `${folder.path}/${format}`,
    ]);
    assertEquals(code, 0, stderr);
    assertEquals(
      records.filter(({ type }) => type === "export.file").map(({ file, bytes }) => [file, bytes]),
      tablesOf("csv").map(({ name }) => {
        const path = `${folder.path}/${format}/${name}.${format}`;
        return [path, Deno.statSync(path).size];
      }),
    );
  }
  const table = (name: string) => ndjson(`${folder.path}/ndjson/${name}.ndjson`);

  await t.step("with the types of their columns, and null where it may be", () => {
    for (const { name, columns } of tablesOf("ndjson")) {
      for (const row of table(name)) {
        assertEquals(Object.keys(row), columns.map(({ name }) => name));
        for (const { name: column, type, nullable } of columns) {
          const value = row[column];
          assert(value === null ? nullable : isOf[type](value), `${name}.${column}: ${value}`);
        }
      }
    }
  });

  await t.step("and as many rows and sums as SQL counts", () => {
    const one = (sql: string) => Object.values(run.rows(sql)[0]!)[0];
    const counts = {
      agents: "SELECT count(*) FROM agents",
      lineage: "SELECT sum(json_array_length(parents)) FROM agents",
      cycles: "SELECT count(*) FROM cycles",
      evaluations: "SELECT count(*) FROM evaluations",
      episodes: "SELECT sum(json_array_length(scores)) FROM evaluations",
      events: "SELECT count(*) FROM events",
    };
    for (const [name, sql] of Object.entries(counts)) {
      const count = one(sql);
      assert(Number(count) > 0, name);
      assertEquals(table(name).length, count, name);
    }
    const sum = (rows: Rows, column: string) => rows.reduce((sum, row) => sum + (row[column] as number ?? 0), 0);
    assertEquals(sum(table("evaluations"), "score"), one("SELECT total(score) FROM evaluations"));
    assertEquals(sum(table("agents"), "energy"), one("SELECT total(energy) FROM agents"));
    assertEquals(
      table("cycles").map(({ judged }) => judged),
      run.rows(
        "SELECT count(*) AS n FROM evaluations WHERE kind = 'judged' GROUP BY cycle ORDER BY cycle",
      ).map(({ n }) => n),
    );
    assertEquals(table("genes").length, 3 * new Set(table("genes").map(({ gene }) => gene)).size);
  });

  await t.step("the same in CSV, and in Parquet", () => {
    for (const { name, columns } of tablesOf("csv")) {
      const rows = table(name);
      const shown = (value: unknown, { type }: Column) =>
        value === null ? "" : type === "json" ? JSON.stringify(value) : String(value);
      assertEquals(
        csv(`${folder.path}/csv/${name}.csv`).map((row) =>
          columns.map(({ name, type }) =>
            type === "json" && row[name] !== "" ? JSON.stringify(JSON.parse(row[name]!)) : row[name]
          )
        ),
        rows.map((row) => columns.map((column) => shown(row[column.name], column))),
        name,
      );
      const { num_rows } = parquetMetadata(Deno.readFileSync(`${folder.path}/parquet/${name}.parquet`).buffer);
      assertEquals(num_rows, BigInt(rows.length), name);
    }
  });

  await t.step("described in export.json", () => {
    const { files, ...others } = JSON.parse(Deno.readTextFileSync(`${folder.path}/csv/export.json`));
    assertEquals(others, {
      kind: "evolve-export",
      version: 1,
      format: "csv",
      run: run.name,
      seed: "7",
      cycle: 3,
    });
    assertEquals(
      files.map(({ file, rows, columns }: { file: string; rows: number; columns: Column[] }) => [file, rows, columns]),
      tablesOf("csv").map(({ name, columns }) => [`${name}.csv`, table(name).length, columns]),
    );
  });
});

Deno.test("export --format alife follows the ALife data standard for phylogenies", async () => {
  await using run = await evolved();
  await using folder = new Folder();
  const out = `${folder.path}/phylogeny`;
  assertEquals((await run.step("export", ["--format", "alife", "--out", out])).code, 0);
  const rows = csv(`${out}/phylogeny.csv`);
  assertEquals(
    rows.map(({ taxon_label }) => taxon_label),
    run.rows("SELECT id FROM agents ORDER BY ordinal").map(({ id }) => id),
  );
  const known = new Map<string, { origin: number; destruction: number }>();
  let founders = 0;
  for (const { id, ancestor_list, origin_time, destruction_time } of rows) {
    assert(/^(0|[1-9][0-9]*)$/.test(id!) && !known.has(id!), id);
    const list = /^\[(none|\d+(?:,\d+)*)\]$/.exec(ancestor_list!)?.[1];
    assert(list !== undefined, ancestor_list);
    const origin = Number(origin_time), destruction = Number(destruction_time!.replace("inf", "Infinity"));
    assert(Number.isSafeInteger(origin) && destruction >= origin, `${origin_time} to ${destruction_time}`);
    const ancestors = list === "none" ? [] : list.split(",");
    for (const ancestor of ancestors) assert(known.get(ancestor)!.origin <= origin, `${ancestor} of ${id}`);
    assertEquals(new Set(ancestors).size, ancestors.length);
    if (ancestors.length === 0) founders++;
    known.set(id!, { origin, destruction });
  }
  assertEquals(founders, run.rows("SELECT 1 FROM agents WHERE kind IN ('init', 'random')").length);
  assert(rows.length > founders);
});

Deno.test("export replaces an export of the same run and format alone, and nothing else", async () => {
  await using run = await evolved();
  await using folder = new Folder();
  const out = `${folder.path}/results`;
  const written = async (...flags: string[]) => await run.step("export", ["--format", "csv", "--out", out, ...flags]);

  Deno.mkdirSync(out);
  assertEquals((await written()).code, 0);
  Deno.writeTextFileSync(`${out}/agents.csv`, "of before");
  assertEquals((await written()).code, 0);
  assertStringIncludes(Deno.readTextFileSync(`${out}/agents.csv`), "ordinal,id,");
  assertEquals(folder.names(), ["results"]);

  const refused = async (found: string, ...flags: string[]) => {
    const before = [...Deno.readDirSync(out)].length;
    const { code, stderr, records } = await run.step("export", ["--out", out, ...flags]);
    assertEquals([code, (records.at(-1)!.issue as { code: string }).code], [2, "export.exists"]);
    assertStringIncludes(stderr, found);
    assertEquals([folder.names(), [...Deno.readDirSync(out)].length], [["results"], before]);
  };
  await refused("an export whose format is csv", "--format", "parquet");
  Deno.writeTextFileSync(`${out}/notes.txt`, "mine");
  await refused("there is notes.txt", "--format", "csv");
  Deno.removeSync(`${out}/notes.txt`);
  Deno.writeTextFileSync(`${out}/export.json`, Deno.readTextFileSync(`${out}/export.json`).replace(run.name, "other"));
  await refused("an export whose run is other", "--format", "csv");
  Deno.writeTextFileSync(`${out}/export.json`, "{");
  await refused("there is agents.csv, cycle_measures.csv", "--format", "csv");

  Deno.removeSync(out, { recursive: true });
  Deno.writeTextFileSync(out, "a file");
  const { code, stderr } = await written();
  assertEquals(code, 2);
  assertStringIncludes(stderr, "there is no folder");
  assertEquals(Deno.readTextFileSync(out), "a file");
});

Deno.test("export follows a link to a folder, and leaves the link", async () => {
  await using run = await evolved();
  await using folder = new Folder();
  Deno.mkdirSync(`${folder.path}/data`);
  Deno.symlinkSync(`${folder.path}/data`, `${folder.path}/link`);
  assertEquals((await run.step("export", ["--format", "alife", "--out", `${folder.path}/link`])).code, 0);
  assertEquals([...Deno.readDirSync(`${folder.path}/data`)].map(({ name }) => name).sort(), [
    "export.json",
    "phylogeny.csv",
  ]);
  assert(Deno.lstatSync(`${folder.path}/link`).isSymlink);
});

Deno.test("export refuses what it can't do, and says how to go on", async () => {
  await using run = await evolved();
  await using folder = new Folder();
  const missing = await run.step("export", ["--out", `${folder.path}/no/such`]);
  assertEquals([missing.code, (missing.records.at(-1)!.issue as { code: string }).code], [2, "export.folder"]);
  const denied = await run.step("export", ["--out", "docs/results"]);
  assertEquals([denied.code, (denied.records.at(-1)!.issue as { code: string }).code], [1, "permission"]);
  for (
    const [flags, wanted] of [
      [[], "--out"],
      [["--format", "table", "--out", `${folder.path}/x`], "parquet, csv, ndjson or alife"],
      [["--out", `${folder.path}/x`, "--to", "s3://bucket"], "by either --out DIR or --to"],
    ] as const
  ) {
    const { code, stderr } = await run.step("export", flags);
    assertEquals(code, 2);
    assertStringIncludes(stderr, wanted);
  }
  assertEquals(folder.names(), []);
});

/** Makes a listing so long that no export of it is over before a signal comes. */
function lengthen(run: NamedRun): void {
  using listing = Listing.open(run.paths.listing);
  listing.run(`INSERT INTO events (cycle, type, agent, data, at) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL
    SELECT i + 1 FROM n WHERE i < 300000) SELECT 3, 'agent.stray', 'x', '{"files":["a"],"count":1}', '2026-01-01T00:00:00.000Z' FROM n`);
}

for (const [signal, code] of [["SIGKILL", 137], ["SIGINT", 130]] as const) {
  Deno.test(`export that gets ${signal} leaves nothing that bears the name`, async () => {
    await using run = await evolved();
    await using folder = new Folder();
    lengthen(run);
    using watcher = Deno.watchFs(folder.path);
    const child = run.start("export", "--format", "csv", "--out", `${folder.path}/results`);
    // The last table, of which the first batches are written.
    for await (const { paths } of watcher) if (paths.some((path) => path.endsWith("/events.csv"))) break;
    child.kill(signal);
    await child.stdin.close();
    const { code: ended } = await child.output();
    assertEquals(ended, code);
    const names = folder.names();
    if (signal === "SIGINT") assertEquals(names, []);
    else assertEquals(names.map((name) => name.replace(/\d+$/, "PID")), ["results.tmp-PID"]);
    assertEquals((await run.step("export", ["--format", "csv", "--out", `${folder.path}/results`])).code, 0);
    assertEquals(folder.names().filter((name) => !name.includes(".tmp-")), ["results"]);
  });
}
