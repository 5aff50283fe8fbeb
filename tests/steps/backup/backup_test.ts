import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { sha256 } from "../../../lib/util/hash.ts";
import { listingVersion } from "../../../lib/db/schema.ts";
import { projectRoot } from "../../../lib/run/paths.ts";
import { restore } from "../../../lib/steps/backup/restore.ts";
import { infoOf } from "../../../lib/util/files.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { countsOf, Population, shortLives, until } from "../../acceptance/_population.ts";
import type { Ended } from "../../step/_run.ts";
import { makeStep } from "../report/made_step.ts";
import { gzip, tarOf } from "./made_archive.ts";

/** A run of eight agents that has come to the end of a cycle. */
async function evaluated(cycle: number): Promise<Population> {
  return await new Population().evaluated(8, cycle);
}

function codeOf({ records }: Ended): string {
  return (records.at(-1)!.issue as { code: string }).code;
}

Deno.test("a backup made while a lifecycle runs goes on to the same end", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using run = await evaluated(1);
    const living = run.begin("lifecycle", "--until", "2", "--isolation", "shared", "--log-level", "debug");
    await living.saw("scan has finished");
    const file = `${folder}/run.tar.gz`;
    const made = await run.step("backup", file);
    assertEquals(made.records[0]!.type, "backup.written");
    assertEquals((await living.ended).code, 0);
    await using other = new Population();
    await other.step("restore", file);
    assertEquals(codesOf(await other.step("doctor", "--check")), []);
    await other.step("lifecycle", ...until(2));
    assertEquals(await other.status(), await run.status());
    assertEquals(Deno.readTextFileSync(other.paths.config), JSON.stringify(shortLives));
    const events = Deno.readTextFileSync(`${other.paths.logs}/events.ndjson`).trimEnd().split("\n");
    assertEquals(events.map((line) => JSON.parse(line).number), events.map((_, i) => i + 1));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a backup holds the programs that agents share, and no agent's", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using run = await evaluated(1);
    await run.step("build", "--dist");
    await run.step("backup", `${folder}/run.tar.gz`);
    const kinds = "genome = 'judge' OR genome LIKE 'pool:%' OR genome LIKE 'kit:%' OR genome LIKE 'view:%'";
    const hashes = run.rows<{ hash: string }>(`SELECT artifact AS hash FROM statements WHERE ${kinds} ORDER BY hash`);
    assertEquals(hashes.length, 4);
    const paths = hashes.map(({ hash }) => `programs/${hash}.js`);
    const packed = [...(await unpack(`${folder}/run.tar.gz`)).keys()];
    assertEquals(packed.filter((path) => /^(programs|artifacts|judges|agents)/.test(path)).sort(), paths);

    await using other = new Population();
    await other.step("restore", `${folder}/run.tar.gz`);
    const stored = [...Deno.readDirSync(other.paths.store)].map(({ name }) => name);
    assertEquals(stored, ["programs"]);
    assertEquals(
      [...Deno.readDirSync(`${other.paths.store}/programs`)].map(({ name }) => `programs/${name}`).sort(),
      paths,
    );
    assertEquals(countsOf(await other.step("build")), { updates: 0, built: 0, cached: 0, failed: 0, stale: 0 });
    // One that is damaged is left out, and built again where the backup is restored.
    await Deno.writeTextFile(`${run.paths.store}/${paths[0]}`, "//", { append: true });
    await run.step("backup", `${folder}/less.tar.gz`);
    await using third = new Population();
    await third.step("restore", `${folder}/less.tar.gz`);
    assertEquals(countsOf(await third.step("build")).updates, 1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("what a backup of an earlier release holds of agents' programs is dropped, and its agents are built again", async () => {
  await using run = new Population();
  await run.step("restore", `${projectRoot}/tests/db/data/backup_v4.tar.gz`, "--hooks", "keep");
  assertEquals(["artifacts", "judges"].map((name) => infoOf(`${run.paths.store}/${name}`)), [undefined, undefined]);
  assertEquals(codesOf(await run.step("doctor", "--check")), []);
  for (const step of ["scan", "sync-wiring", "build"]) await run.step(step);
  assertEquals(Array.from(Deno.readDirSync(`${run.paths.store}/programs`)).length, 3);
  assertEquals(run.rows("SELECT 1 FROM agents WHERE status = 'active' AND stage = 'adult' AND build_hash IS NULL"), []);
});

function codesOf({ records }: Ended): unknown[] {
  return records.slice(0, -1).map(({ code }) => code);
}

Deno.test("a backup of a cycle's middle goes on there, also where its programs have to be built again", async () => {
  const file = await Deno.makeTempFile({ suffix: ".tar.gz" });
  await Deno.remove(file);
  try {
    await using run = await evaluated(0);
    for (const step of ["scan", "sync-wiring", "build"]) await run.step(step);
    const [first] = await run.status();
    await run.fed("supervise", JSON.stringify({ id: first!.id }));
    await run.step("backup", file);
    await using other = new Population();
    await other.step("restore", file);
    // As where the backup comes from another project, whose key signed its programs.
    other.rows("DELETE FROM statements");
    await Deno.remove(other.paths.store, { recursive: true });
    await other.step("lifecycle", ...until(1));
    await using whole = await evaluated(1);
    assertEquals(await other.status(), await whole.status());
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("what is wrong with agents, and edited genomes, come along with a backup", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using run = await evaluated(1);
    const ids = (await run.status()).filter(({ status }) => status === "active").map(({ id }) => id);
    const at = (i: number) => `${run.paths.agents}/${ids[i]}`;
    Deno.writeTextFileSync(`${at(0)}/x.sh`, "x");
    Deno.writeTextFileSync(`${at(1)}/src/rl.ts`, "x");
    Deno.writeTextFileSync(`${at(2)}/genome.bin`, "x");
    await run.step("scan");
    run.edit(ids[3]!, (genome) => genome.files[0]!.active = !genome.files[0]!.active);
    await run.step("backup", `${folder}/run.tar.gz`);
    await using other = new Population();
    await other.step("restore", `${folder}/run.tar.gz`);
    assertEquals(await other.status(), await run.status());
    for (const each of [run, other]) await each.step("lifecycle", ...until(2));
    assertEquals(await other.status(), await run.status());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("restore takes no run's place unasked, and moves away what was there", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/run.tar.gz`;
    await using early = await evaluated(0);
    await early.step("backup", file);
    assertEquals(codeOf(await early.fails(2, "backup", file)), "backup.exists");
    await using run = await evaluated(1);
    const later = await run.status();
    assertEquals(codeOf(await run.fails(2, "restore", file)), "restore.exists");
    assertEquals(await run.status(), later);
    await run.step("restore", file, "--force");
    assertEquals((await run.status()).every(({ score }) => score === null), true);
    const [kept] = [...Deno.readDirSync(`${run.paths.workspace}/quarantine`)];
    const moved = [...Deno.readDirSync(`${run.paths.workspace}/quarantine/${kept!.name}`)].map(({ name }) => name);
    // A reader may have left an empty log beside the listing.
    const beside = /^listing\.db-(?:wal|shm)$/;
    assertEquals(
      moved.filter((name) => !beside.test(name)).sort(),
      ["agents", "config.json", "listing.db", "store", "template"],
    );
    await run.step("lifecycle", ...until(1));
    assertEquals(await run.status(), later);
    assertEquals(codeOf(await run.fails(1, "restore", `${folder}/none.tar.gz`, "--force")), "archive.missing");
    assertEquals(codeOf(await run.fails(2, "restore", file, file)), "arguments");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("modules in plugins/ come along, and never into plugins/ by themselves", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using run = await evaluated(0);
    await run.step("backup", `${folder}/good.tar.gz`);
    const good = await unpack(`${folder}/good.tar.gz`);
    const example = "plugins/example_hook.ts";
    const own = Deno.readTextFileSync(`${projectRoot}/${example}`);
    assertEquals(new TextDecoder().decode(good.get(example)), own);

    await using other = new Population();
    const place = `${other.paths.workspace}/plugins-from-backup`;
    const same = await other.step("restore", `${folder}/good.tar.gz`);
    assertEquals(same.records.map(({ type }) => type), ["run.restored", "step.finished"]);
    assertEquals(infoOf(place), undefined);

    const [changed, added] = ["export default () => 1;", "export default () => 2;"];
    const files = new Map<string, string | Uint8Array>([...good, [example, changed], ["plugins/a/new.ts", added]]);
    await Deno.writeFile(`${folder}/other.tar.gz`, await pack(files));
    for (const names of [[], ["plugins-from-backup"]]) {
      const { records, err } = await other.step("restore", `${folder}/other.tar.gz`, "--force");
      const issues = records.filter(({ type }) => type === "restore.plugin").map(({ issue }) => issue);
      assertEquals(issues.map((issue) => (issue as { path: string }).path), [example, "plugins/a/new.ts"]);
      assertStringIncludes(err, `${place}/example_hook.ts`);
      assertEquals(Deno.readTextFileSync(`${place}/example_hook.ts`), changed);
      assertEquals(Deno.readTextFileSync(`${place}/a/new.ts`), added);
      assertEquals(Deno.readTextFileSync(`${projectRoot}/${example}`), own);
      assertEquals(infoOf(`${projectRoot}/plugins/a`), undefined);
      const lost = [...Deno.readDirSync(`${other.paths.workspace}/quarantine`)].flatMap(({ name }) =>
        [...Deno.readDirSync(`${other.paths.workspace}/quarantine/${name}`)].map((entry) => entry.name)
      );
      assertEquals(lost.filter((name) => name.startsWith("plugins")), names.length ? ["plugins"] : []);
    }
    // The modules that the project has in the same bytes are not put there again.
    files.set(example, own);
    await Deno.writeFile(`${folder}/part.tar.gz`, await pack(files));
    await other.step("restore", `${folder}/part.tar.gz`, "--force");
    assertEquals([...Deno.readDirSync(place)].map(({ name }) => name), ["a"]);
    assertEquals(codesOf(await other.step("doctor", "--check")), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("restore refuses what a stranger may have put into a backup, and changes nothing then", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using run = await evaluated(0);
    await run.step("backup", `${folder}/good.tar.gz`);
    const good = await unpack(`${folder}/good.tar.gz`);
    const sql = (text: string) => changed(folder, good, text);
    const with_ = (path: string, text: string): Files => new Map<string, string | Uint8Array>([...good, [path, text]]);
    const without = (path: string): Files => new Map([...good].filter(([name]) => name !== path));
    const world = [...good.keys()].find((path) => path.endsWith("world.ts"))!;
    const gene = [...good.keys()].find((path) => path.endsWith("rl.ts"))!;
    const evil = 'import x from "/etc/passwd" with { type: "text" };\nexport const y = x;\n';
    const cases: Record<string, [Files, string]> = {
      "a hook": [with_("config.json", '{"hooks":[{"command":["rm","-rf","/"]}]}'), "archive.hooks"],
      "a wrong configuration": [with_("config.json", '{"hook":1}'), "archive.config"],
      "no listing": [without("listing.db"), "archive.listing"],
      "a listing that is none": [with_("listing.db", "SQLite format 3"), "archive.listing"],
      "a trigger": [sql("CREATE TRIGGER t AFTER UPDATE ON agents BEGIN DELETE FROM meta; END"), "archive.listing"],
      "a view": [sql("CREATE VIEW v AS SELECT 1"), "archive.listing"],
      "another table": [sql("CREATE TABLE extra (x)"), "archive.listing"],
      "another version": [sql(`PRAGMA user_version = ${listingVersion + 1}`), "archive.version"],
      "an id that is a path": [sql("UPDATE agents SET id = '../../../lib' WHERE ordinal = 0"), "archive.listing"],
      "a hash that is a path": [sql("UPDATE agents SET build_hash = '../x'"), "archive.listing"],
      "a genome of the archive that is a path": [
        sql("INSERT INTO archive SELECT 0, id, '../x', code_hash, reach, code_hash, '{}' FROM agents LIMIT 1"),
        "archive.listing",
      ],
      "a founder that is no agent": [
        sql("INSERT INTO founders SELECT 0, 'x', genome_hash, code_hash, reach, code_hash FROM agents LIMIT 1"),
        "archive.listing",
      ],
      "a result of a race that is no JSON": [
        sql("INSERT INTO races SELECT 1, 1, code_hash, code_hash, '{' FROM agents LIMIT 1"),
        "archive.listing",
      ],
      "a pool that is a path": [sql("UPDATE meta SET value = '../../x' WHERE key = 'pool'"), "archive.listing"],
      "no seed": [sql("DELETE FROM meta WHERE key = 'seed'"), "archive.listing"],
      "parents that are no JSON": [sql("UPDATE agents SET parents = '[' WHERE ordinal = 0"), "archive.listing"],
      "bytes of another hash": [sql("UPDATE blobs SET bytes = x'00'"), "archive.hash"],
      "no template": [without(world), "archive.template"],
      "an edited gene": [
        with_(gene, `${new TextDecoder().decode(good.get(gene))}\nexport const more = 1;\n`),
        "archive.template",
      ],
      "a gene that the audit refuses": [with_(gene, evil), "archive.template"],
    };
    await using other = new Population();
    for (const [name, [files, code]] of Object.entries(cases)) {
      const file = `${folder}/bad.tar.gz`;
      await Deno.writeFile(file, await pack(files));
      assertEquals([name, await refusal(file, other)], [name, code]);
    }
    const ended = await other.fails(1, "restore", `${folder}/bad.tar.gz`);
    assertEquals(codeOf(ended), "archive.template");
    await assertRejects(() => Deno.lstat(other.paths.workspace), Deno.errors.NotFound);
    // What nobody here has signed is built again, whatever the backup calls it.
    const forged = sql("UPDATE builds SET artifact = (SELECT max(artifact) FROM builds)");
    await Deno.writeFile(`${folder}/forged.tar.gz`, await pack(forged));
    await other.step("restore", `${folder}/forged.tar.gz`);
    assertEquals(other.rows("SELECT * FROM builds"), []);
    const hooks = await pack(with_("config.json", `\uFEFF${JSON.stringify({ ...shortLives, hooks: [hook] })}`));
    await Deno.writeFile(`${folder}/hooks.tar.gz`, hooks);
    for (const choice of ["drop", "keep"]) {
      await other.step("restore", `${folder}/hooks.tar.gz`, "--force", "--hooks", choice);
      const { hooks } = JSON.parse(Deno.readTextFileSync(other.paths.config).replace(/^\uFEFF/, ""));
      assertEquals(hooks, choice === "keep" ? [hook] : undefined);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a backup whose listing is of the version before is restored and goes on", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await using run = await evaluated(2);
    await run.step("backup", `${folder}/present.tar.gz`);
    const files = await unpack(`${folder}/present.tar.gz`);
    const former = formerListing(folder, files.get("listing.db")!);
    const file = `${folder}/former.tar.gz`;
    const packed = async (listing: Uint8Array) =>
      await Deno.writeFile(file, await pack(new Map([...files, ["listing.db", listing]])));

    await using other = new Population();
    for (
      const [sql, code] of [
        ["CREATE TRIGGER t AFTER UPDATE ON agents BEGIN DELETE FROM meta; END", "archive.listing"],
        ["ALTER TABLE agents ADD COLUMN more TEXT AS (hex(energy))", "archive.listing"],
        ["DROP INDEX agents_died", "archive.listing"],
        ["UPDATE agents SET energy = 9e999 WHERE ordinal = 0", "archive.number"],
        ["UPDATE agents SET id = '../../x' WHERE ordinal = 0", "archive.listing"],
        ["PRAGMA user_version = 2", "archive.version"],
      ] as const
    ) {
      const hostile = changed(folder, new Map([["listing.db", former]]), sql).get("listing.db") as Uint8Array;
      await packed(hostile);
      assertEquals([sql, await refusal(file, other)], [sql, code]);
    }

    await packed(former);
    await other.step("restore", file);
    const schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name";
    assertEquals(other.rows(schema), run.rows(schema));
    assertEquals(await other.status(), await run.status());
    assertEquals(codesOf(await other.step("doctor", "--check")), []);
    await other.step("lifecycle", ...until(3));
    // What it makes of itself is of the present version, and so is the next backup.
    await other.step("backup", `${folder}/again.tar.gz`);
    await using third = new Population();
    await third.step("restore", `${folder}/again.tar.gz`);
    assertEquals(await third.status(), await other.status());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** What tables and columns of version 3 are called now, and by which SQL their values come from there. */
const names: Readonly<Record<string, string>> = {
  "agents.state":
    "CASE stage WHEN 'newborn' THEN 'unborn' WHEN 'adult' THEN 'grown' WHEN 'removed' THEN 'gone' ELSE stage END",
  "agents.resting_until": "backoff_until_cycle",
  "agent_builds.why": "trigger",
  "episodes": "evaluations",
  "episodes.reached": "limit_reached",
  "ranks.holds": "has_ranked_genome",
  "residents.resting_until": "backoff_until_ms",
  "runs_of_steps": "step_runs",
  "unwritten": "pending_files",
};

/** A listing with the tables of version 3, as they were, and what they have of this one's rows. */
function formerListing(folder: string, present: Uint8Array): Uint8Array {
  const [from, to] = [`${folder}/present.db`, `${folder}/former.db`];
  Deno.writeFileSync(from, present);
  {
    using db = new DatabaseSync(to);
    db.exec(Deno.readTextFileSync(`${projectRoot}/tests/db/data/listing_v3.sql`));
    db.exec("PRAGMA user_version = 3");
    using source = new DatabaseSync(from, { readOnly: true });
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
    const known = new Set(source.prepare("SELECT name FROM sqlite_schema").all().map(({ name }) => name));
    for (const table of tables.map(({ name }) => String(name))) {
      const present = names[table] ?? table;
      if (!known.has(present)) continue;
      const columns = db.prepare(`PRAGMA table_info(${table})`).all().map((row) => String(row.name));
      const insert = db.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => "?").join()})`);
      const shown = columns.map((column) => `${names[`${table}.${column}`] ?? column} AS ${column}`);
      const rows = source.prepare(`SELECT ${shown.join()} FROM ${present}`).all() as Record<string, SQLInputValue>[];
      for (const row of rows) insert.run(...columns.map((column) => row[column]!));
    }
  }
  return Deno.readFileSync(to);
}

const hook = { command: ["true"] };

/** The code by which a backup is refused where there is no run yet, of which nothing is left then. */
async function refusal(file: string, { paths, name }: Population): Promise<string> {
  // The step's lock makes this folder, and takes it away.
  await Deno.mkdir(paths.workspace, { recursive: true });
  const { step } = makeStep(paths.root, { name });
  const { issue } = await assertRejects(() => restore(step, file, { force: false }), StepFailed);
  await Deno.remove(paths.workspace);
  return issue.code;
}

type Files = ReadonlyMap<string, string | Uint8Array>;

/** Files of a backup by path. */
async function unpack(file: string): Promise<Map<string, Uint8Array>> {
  const folder = await Deno.makeTempDir();
  const files = new Map<string, Uint8Array>();
  const { success } = await new Deno.Command("tar", { args: ["xzf", file, "-C", folder] }).output();
  assert(success);
  const { files: listed } = JSON.parse(await Deno.readTextFile(`${folder}/manifest.json`));
  for (const { path, sha256: hash } of listed) {
    const bytes = await Deno.readFile(`${folder}/${path}`);
    assertEquals(await sha256(bytes), hash);
    files.set(path, bytes);
  }
  await Deno.remove(folder, { recursive: true });
  return files;
}

async function pack(files: Files): Promise<Uint8Array> {
  return await gzip(await tarOf([...files].map(([name, text]) => ({ name, text }))));
}

/** The files of a backup with its listing changed. */
function changed(folder: string, files: Files, sql: string): Files {
  const path = `${folder}/listing.db`;
  Deno.writeFileSync(path, files.get("listing.db") as Uint8Array);
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
  return new Map([...files, ["listing.db", Deno.readFileSync(path)]]);
}
