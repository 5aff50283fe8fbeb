import { assert, assertEquals, assertMatch, assertNotEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { encode } from "@std/msgpack";
import { codeStampOf } from "../../../lib/agents/walk.ts";
import { handle } from "../../../lib/steps/scan/scan_worker.ts";
import { changeGenome } from "../../../lib/db/transitions/genome.ts";
import { disable, reactivate } from "../../../lib/db/transitions/status.ts";
import { toBytes } from "../../../lib/runtime/genome_bytes.ts";
import { decodeGenome } from "../../../lib/genome/codec.ts";
import type { Genome } from "../../../lib/runtime/genome_schema.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { MadeRun, recordOf, tinyFiles, type Told } from "../../agents/made_run.ts";

const walker = { path: "src/walker.ts", active: true, functions: { stride: true, urge: true } };
const seed = { path: "src/seed.ts", active: true, functions: { mutate: true }, parameters: {} };

function genome(files: readonly unknown[]): Uint8Array {
  return encode({ version: 1, files });
}

function withWalker(changes: Record<string, unknown>): Uint8Array {
  return genome([seed, { ...walker, parameters: { eagerness: 0.5 }, ...changes }]);
}

const good = withWalker({});

const hostile: readonly (readonly [name: string, code: string, bytes: Uint8Array])[] = [
  ["that is empty", "genome.truncated", new Uint8Array()],
  ["that is corrupt", "genome.format", new Uint8Array([0xc1, 2, 3])],
  ["that is truncated", "genome.truncated", good.subarray(0, 20)],
  ["with bytes after its end", "genome.trailing", new Uint8Array([...good, 0])],
  ["that is oversized", "genome.size", new Uint8Array(70_000)],
  ["that is nested deeply", "genome.depth", new Uint8Array(5000).fill(0x91)],
  ["that claims more than it has", "genome.truncated", new Uint8Array([0xdd, 0xff, 0xff, 0xff, 0xff])],
  ["that is a list", "genome.shape", encode([1, 2, 3])],
  [
    "with a path outside the pool",
    "genome.shape",
    genome([seed, { ...walker, path: "src/../../x.ts", parameters: {} }]),
  ],
  ["with an absolute path", "genome.shape", genome([seed, { ...walker, path: "/etc/passwd", parameters: {} }])],
  ["with an unknown file", "genome.unknown", genome([seed, { ...walker, path: "src/other.ts", parameters: {} }])],
  ["with an unknown function", "genome.unknown", withWalker({ functions: { stride: true, fly: true } })],
  ["with an unknown parameter", "genome.unknown", withWalker({ parameters: { greed: 1 } })],
  ["with code for a name", "genome.shape", withWalker({ functions: { "x(); //": true } })],
  ["with a prototype key", "genome.key", withWalker({ functions: JSON.parse('{"constructor":true}') })],
  ["with the prototype itself", "genome.key", rename(withWalker({ functions: { aaaaaaaaa: true } }), "__proto__")],
  ["with NaN", "genome.shape", withWalker({ parameters: { eagerness: NaN } })],
  ["with infinity", "genome.shape", withWalker({ parameters: { eagerness: Infinity } })],
  ["out of range", "genome.range", withWalker({ parameters: { eagerness: 1.5 } })],
  ["of another version", "genome.shape", encode({ version: 2, files: [] })],
];

/** Puts another key of nine characters in place of `aaaaaaaaa`. */
function rename(bytes: Uint8Array, key: string): Uint8Array {
  const at = bytes.toHex().indexOf("61".repeat(9)) / 2;
  bytes.set(new TextEncoder().encode(key), at);
  return bytes;
}

Deno.test("scan() finds all as init left it, opens one cycle, and then nothing to do", async () => {
  await using run = await MadeRun.make();
  const first = await run.scan();
  assertEquals(first.records.map(({ type, id, ok, changed }) => ({ type, id, ok, changed })), [
    ...run.ids.map((id) => ({ type: "agent.scanned", id, ok: true, changed: true })),
  ]);
  assertEquals(first.counts.updates, 1);
  assertEquals(run.rows("SELECT cycle, state FROM cycles"), [{ cycle: 1, state: "open" } as never]);
  assertEquals((await run.scan()).counts.updates, 0);
  assertEquals((recordOf(first, run.ids[0]!).metrics as Record<string, number>).functions, 3);
});

Deno.test("scan() opens the next cycle only when the last one is closed", async () => {
  await using run = await MadeRun.make(1);
  await run.scan();
  for (const [state, cycle] of [["judged", 1], ["planned", 1], ["closed", 2]] as const) {
    run.edit((listing) => listing.run("UPDATE cycles SET state = ?", state));
    assertEquals((await run.scan()).counts.cycle, cycle);
  }
});

Deno.test("scan(): changed tells whether the agent is built from what it is", async () => {
  await using run = await MadeRun.make(2);
  run.pretendBuilt();
  const [id = "", other = ""] = run.ids;
  assertEquals((await run.scan()).records.map(({ changed }) => changed), [false, false]);
  const before = run.row(id).genome_hash;
  await Deno.writeFile(run.path(id, "genome.bin"), good);
  const told = await run.scan();
  assertEquals([recordOf(told, id).changed, recordOf(told, other).changed], [true, false]);
  assertEquals(told.counts.updates, 1);
  const metrics = recordOf(told, id).metrics as Record<string, number>;
  assertEquals(metrics.distance, 1);
  assertEquals(run.row(id).genome_hash, recordOf(told, id).genomeHash);
  assertEquals(run.rows("SELECT 1 AS n FROM blobs WHERE hash = ?", String(run.row(id).genome_hash)).length, 1);
  const events = run.rows("SELECT data FROM events WHERE type = 'agent.changed'").map(({ data }) =>
    JSON.parse(`${data}`)
  );
  const { genome_hash: genomeHash, code_hash: codeHash } = run.row(id);
  assertEquals(events, [{ trigger: "edited", status: "active", before, genomeHash, codeHash }]);
  assertEquals((await run.scan()).counts.updates, 0);
});

Deno.test("scan() sees an edit of equal size with its times set back, right after it looked or was set", async () => {
  await using run = await MadeRun.make(2);
  const [first, second] = run.ids as [string, string];
  const edit = (id: string) => {
    const path = run.path(id, "src/walker.ts");
    const { atime, mtime } = Deno.statSync(path);
    Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace("> 0.5", "> 0.4"));
    Deno.utimeSync(path, atime!, mtime!);
  };
  edit(first);
  await run.scan();
  assertEquals(run.row(first).code, "code.changed");
  edit(second);
  await run.scan();
  assertEquals(run.row(second).code, "code.changed");
});

for (const [name, code, bytes] of hostile) {
  Deno.test(`scan() disables just the agent with a genome ${name}`, async () => {
    await using run = await MadeRun.make(2);
    const [id = "", other = ""] = run.ids;
    await Deno.writeFile(run.path(id, "genome.bin"), bytes);
    const { genome_hash: listed } = run.row(id);
    const told = await run.scan();
    const { ok, issue, genomeHash } = recordOf(told, id);
    assertEquals([ok, issue?.code, genomeHash], [false, "genome.damaged", listed]);
    assertStringIncludes(issue!.message, `(${code})`);
    assertEquals(recordOf(told, other).ok, true);
    // The listing keeps what it is repaired from.
    assertEquals([run.row(id).status, run.row(id).code, run.row(id).genome_hash], [
      "disabled",
      "genome.damaged",
      listed,
    ]);
    assertEquals(await Deno.readFile(run.path(id, "genome.bin")), bytes);
    assertEquals((await run.scan()).counts.updates, 0);
  });
}

Deno.test("scan() makes a disabled agent active again when it has changed for the better, not before", async () => {
  await using run = await MadeRun.make(1);
  const [id = ""] = run.ids;
  await Deno.writeFile(run.path(id, "genome.bin"), new Uint8Array([0xc1]));
  await run.scan();
  await Deno.writeFile(run.path(id, "genome.bin"), good.subarray(0, 9));
  const worse = await run.scan();
  assertStringIncludes(recordOf(worse, id).issue!.message, "(genome.truncated)");
  assertEquals([run.row(id).code, worse.counts.reactivated], ["genome.damaged", 0]);
  await Deno.writeFile(run.path(id, "genome.bin"), good);
  const better = await run.scan();
  assertEquals([recordOf(better, id).ok, better.counts.reactivated], [true, 1]);
  assertEquals([run.row(id).status, run.row(id).genome_ok], ["active", 1]);
});

Deno.test("scan() leaves an agent disabled that crashed and has not changed, and excuses it by no foreign file", async () => {
  await using run = await MadeRun.make(1);
  const [id = ""] = run.ids;
  run.edit((listing) => disable(listing, id, 1, { code: "evaluation.crash", message: "It crashed." }));
  const code = async () => recordOf(await run.scan(), id).issue?.code;
  assertEquals(await code(), "evaluation.crash");
  await Deno.writeTextFile(run.path(id, "notes.sh"), "");
  assertEquals(await code(), "evaluation.crash");
  await Deno.remove(run.path(id, "notes.sh"));
  assertEquals(await code(), "evaluation.crash");
  await Deno.writeFile(run.path(id, "genome.bin"), good);
  assertEquals(await code(), undefined);
});

Deno.test("scan() disables again what was enabled without a reason", async () => {
  await using run = await MadeRun.make(1);
  const [id = ""] = run.ids;
  await Deno.writeTextFile(run.path(id, "src/extra.ts"), "export const x = 1;\n");
  assertEquals(recordOf(await run.scan(), id).issue?.code, "code.changed");
  run.edit((listing) => reactivate(listing, id, 1, "enabled"));
  assertEquals(recordOf(await run.scan(), id).issue?.code, "code.changed");
});

const plants: readonly (readonly [string, (folder: string) => Promise<void>, (folder: string) => Promise<void>])[] = [
  ["agent.link", (at) => Deno.symlink("/etc/hostname", `${at}src/x.ts`), (at) => Deno.remove(`${at}src/x.ts`)],
  ["agent.hardlink", (at) => Deno.link(`${at}world.ts`, `${at}../w`), (at) => Deno.remove(`${at}../w`)],
  ["agent.foreign", (at) => Deno.writeTextFile(`${at}x.sh`, ""), (at) => Deno.remove(`${at}x.sh`)],
  ["agent.missing", (at) => Deno.rename(at, `${at}-moved`), (at) => Deno.rename(`${at}-moved`, at)],
];

for (const [code, plant, undo] of plants) {
  Deno.test(`scan() disables for ${code}, once, and takes the agent back when that is undone`, async () => {
    await using run = await MadeRun.make(2);
    const [id = "", other = ""] = run.ids;
    const folder = code === "agent.missing" ? run.path(id).slice(0, -1) : run.path(id);
    await plant(folder);
    const told = await run.scan();
    assertEquals([recordOf(told, id).issue?.code, recordOf(told, other).ok], [code, true]);
    assertEquals((await run.scan()).counts.updates, 0);
    assertEquals(run.rows("SELECT 1 AS n FROM events WHERE type = 'agent.disabled'").length, 1);
    await undo(folder);
    assertEquals(recordOf(await run.scan(), id).ok, true);
    assertEquals((await run.scan()).counts.updates, 0);
  });
}

Deno.test("scan() ignores comments and white space in code, and names the file of any other edit", async () => {
  await using run = await MadeRun.make(2);
  const [id = "", other = ""] = run.ids;
  const path = run.path(id, "src/walker.ts");
  await Deno.writeTextFile(path, `// A remark.\n\n${tinyFiles["src/walker.ts"]}`);
  assertEquals(recordOf(await run.scan(), id).ok, true);
  await Deno.writeTextFile(path, tinyFiles["src/walker.ts"]!.replace("? 1 : 0", "? 0 : 1"));
  const told = await run.scan();
  const { issue, codeHash } = recordOf(told, id);
  assertEquals([issue?.code, issue?.path], ["code.changed", "src/walker.ts"]);
  assertStringIncludes(issue!.message, "src/walker.ts");
  assertEquals(codeHash, recordOf(told, other).codeHash);
  await Deno.writeTextFile(path, "export function (");
  assertEquals(recordOf(await run.scan(), id).issue?.code, "code.changed");
  await Deno.remove(path);
  assertMatch(recordOf(await run.scan(), id).issue!.message, /src\/walker.ts is missing/);
  await Deno.writeTextFile(path, tinyFiles["src/walker.ts"]!);
  assertEquals(recordOf(await run.scan(), id).ok, true);
});

Deno.test("scan() counts a changed @phase as a change of code", async () => {
  await using run = await MadeRun.make(1);
  const [id = ""] = run.ids;
  const changed = tinyFiles["src/walker.ts"]!.replace("@phase act", "@phase sense");
  await Deno.writeTextFile(run.path(id, "src/walker.ts"), changed);
  assertEquals(recordOf(await run.scan(), id).issue?.code, "code.changed");
});

Deno.test("scan() notices a genome of equal size whose times were set back", async () => {
  await using run = await MadeRun.make(1);
  const [id = ""] = run.ids;
  const path = run.path(id, "genome.bin");
  const before = await Deno.readFile(path);
  const { atime, mtime, ctime } = await Deno.lstat(path);
  const other = decoded(before);
  other.files[1]!.functions.urge = false;
  const bytes = toBytes(other);
  assertEquals(bytes.length, before.length);
  do await Deno.writeFile(path, bytes); while ((await Deno.lstat(path)).ctime!.getTime() === ctime!.getTime());
  await Deno.utime(path, atime!, mtime!);
  const { genomeHash } = recordOf(await run.scan(), id);
  assertEquals(run.row(id).genome_hash, genomeHash);
  assertEquals(run.rows("SELECT 1 AS n FROM events WHERE type = 'agent.changed'").length, 1);
});

function decoded(bytes: Uint8Array): Genome {
  const result = decodeGenome(bytes);
  assert(result.ok);
  return result.value;
}

Deno.test("scan() looks only at the agents that it was given", async () => {
  await using run = await MadeRun.make(3);
  const [first = "", second = ""] = run.ids;
  await Deno.writeFile(run.path(first, "genome.bin"), new Uint8Array());
  const told = await run.scan([second]);
  assertEquals(told.records.map(({ id }) => id), [second]);
  assertEquals(run.row(first).status, "active");
});

Deno.test("scan() does not take up a genome that supervise has still to replace", async () => {
  await using run = await MadeRun.make(1);
  const [id = ""] = run.ids;
  run.edit((listing) => {
    listing.run("UPDATE agents SET genome_hash = 'new', genome_ok = 0, stamp = NULL");
    listing.run("INSERT INTO pending_files VALUES (?, 'genome.bin')", id);
  });
  const told = await run.scan();
  assertEquals([recordOf(told, id).ok, recordOf(told, id).issue?.code], [false, "supervise.pending"]);
  assertEquals([run.row(id).genome_hash, run.row(id).status], ["new", "active"]);
});

Deno.test("scan() does not read the code again of an agent that has changed its own genome", async () => {
  await using run = await MadeRun.make(1);
  const [id = ""] = run.ids;
  // Files that were touched within this second are read again in any case.
  const { now } = Date;
  Date.now = () => now() + 5000;
  try {
    await run.scan();
    const { stamp, genome_hash, code_hash } = run.row(id);
    run.edit((listing) =>
      changeGenome(listing, 1, id, "judged", { before: String(genome_hash), after: String(genome_hash) })
    );
    assertEquals(run.row(id).stamp, codeStampOf(String(stamp)));
    assertEquals(await codeOf(String(run.row(id).stamp), "listed"), "listed");
    assertEquals(await codeOf("other code", "listed"), code_hash);
    await run.scan();
    assertEquals([run.row(id).stamp, run.row(id).code_hash], [stamp, code_hash]);
  } finally {
    Date.now = now;
  }

  async function codeOf(stamp: string, codeHash: string) {
    const { agents, template } = run.paths;
    const rows = [{ id, stamp, genomeHash: String(run.row(id).genome_hash), codeHash, due: true }];
    const [look] = await handle({ agents, template, pool: String(run.row(id).code_hash), rows });
    return look!.seen?.codeHash;
  }
});

Deno.test("scan() leaves an agent alone whose genome supervise has written in part only", async () => {
  await using run = await MadeRun.make(1);
  const [id = ""] = run.ids;
  const path = run.path(id, "genome.bin");
  const whole = await Deno.readFile(path);
  await Deno.writeFile(path, whole.subarray(0, whole.length >> 1));
  run.edit((listing) => listing.run("INSERT INTO pending_files VALUES (?, 'genome.bin')", id));
  const told = await run.scan();
  assertEquals([recordOf(told, id).ok, recordOf(told, id).issue?.code], [false, "supervise.pending"]);
  assertEquals(run.row(id).status, "active");
});

Deno.test("scan() takes up a renewed template with the next cycle, and the former code is no change by hand", async () => {
  await using run = await MadeRun.make(2);
  await run.scan();
  const [id = ""] = run.ids;
  const before = run.row(id).code_hash;
  run.edit((listing) =>
    listing.run(
      `INSERT INTO evaluations (cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, outcome, score)
        SELECT 1, id, 'judged', genome_hash, code_hash, '', '{}', 'finished', 1 FROM agents WHERE id = ?`,
      id,
    )
  );
  const grown = `${tinyFiles["src/walker.ts"]}
/** @phase sense */
export function rest(context: GeneContext): void {
  context.emit("rest", 1);
}
`;
  await Deno.writeTextFile(`${run.template}/src/walker.ts`, grown);
  await Deno.remove(`${run.template}/src/seed.ts`);
  const renewed = await run.init();
  assertStringIncludes(renewed.said, "next cycle");
  const [{ value: pool } = {}] = run.rows("SELECT value FROM meta WHERE key = 'pool'");
  assertEquals([pool, run.row(id).code_hash], [before, before]);
  assertEquals((await run.scan()).counts.updates, 0);
  assertEquals((await run.init()).counts.updates, 0);
  run.edit((listing) => listing.run("UPDATE cycles SET state = 'closed'"));
  run.pretendBuilt();
  const told = await run.scan();
  const record = recordOf(told, id);
  assertEquals([record.ok, record.changed, record.codeHash], [true, true, before]);
  assertEquals(record.ignored, ["src/seed.ts"]);
  assertEquals((record.metrics as Record<string, number>).functions, 2);
  assertEquals((await run.scan()).counts.updates, 0);
  assertEquals(run.rows("SELECT status FROM agents").map(({ status }) => status), ["active", "active"]);
});

Deno.test("scan() takes up a renewed template in an open cycle in which nothing has a score", async () => {
  await using run = await MadeRun.make(1);
  await run.scan();
  const before = run.rows("SELECT value FROM meta WHERE key = 'pool'");
  await Deno.remove(`${run.template}/src/seed.ts`);
  assertStringIncludes((await run.init()).said, "the next scan takes it up");
  await run.scan();
  assertNotEquals(run.rows("SELECT value FROM meta WHERE key = 'pool'"), before);
  assertEquals(run.rows("SELECT cycle, state FROM cycles").length, 1);
});

Deno.test("scan(): what is wrong with an agent's files takes nothing from the listing, and excuses no crash", async () => {
  await using run = await MadeRun.make(3);
  const [id = "", crashed = ""] = run.ids;
  await run.scan();
  run.edit((listing) => {
    listing.run("UPDATE agents SET score = 3, scored_genome_hash = genome_hash, best_score = 3 WHERE id = ?", id);
    disable(listing, crashed, 1, { code: "evaluation.crash", message: "It crashed." });
  });
  const kept = (row: Record<string, unknown>) => [row.genome_hash, row.code_hash, row.score, row.best_score];
  const before = kept(run.row(id));
  const harms: readonly ((at: string) => void)[] = [
    (at) => Deno.truncateSync(`${at}genome.bin`, 9),
    (at) => Deno.writeFileSync(`${at}genome.bin`, new Uint8Array(200)),
    (at) => Deno.truncateSync(`${at}genome.bin`, 2 ** 38),
    (at) => Deno.writeTextFileSync(`${at}world.ts`, "zzz"),
    (at) => Deno.writeTextFileSync(`${at}src/walker.ts`, ""),
    (at) => Deno.truncateSync(`${at}src/walker.ts`, 2 ** 38),
    (at) => Deno.removeSync(`${at}src/walker.ts`),
  ];
  const files = ["genome.bin", "world.ts", "src/walker.ts"];
  for (const harm of harms) {
    for (const one of [id, crashed]) {
      const whole = files.map((file) => Deno.readFileSync(run.path(one, file)));
      harm(run.path(one));
      await run.scan();
      await run.scan();
      assertEquals(run.row(one).status, "disabled");
      files.forEach((file, i) => Deno.writeFileSync(run.path(one, file), whole[i]!));
    }
    await run.scan();
    assertEquals([run.row(id).status, kept(run.row(id)), run.row(crashed).code], [
      "active",
      before,
      "evaluation.crash",
    ]);
  }
  assertEquals(run.rows("SELECT 1 FROM events WHERE data LIKE '%edited%'"), []);
});

Deno.test("scan() has a missing genome written from the listing, and disables none for it", async () => {
  await using run = await MadeRun.make(2);
  const [id = ""] = run.ids;
  Deno.removeSync(run.path(id, "genome.bin"));
  const told = recordOf(await run.scan(), id);
  assertEquals([told.ok, told.rewritten], [true, ["genome.bin"]]);
  assertEquals(run.rows("SELECT * FROM pending_files").map((row) => ({ ...row })), [{ agent: id, file: "genome.bin" }]);
});

Deno.test("scan(): all folders gone are no agent's fault", async () => {
  await using run = await MadeRun.make(2);
  const away = `${run.paths.agents}-away`;
  Deno.renameSync(run.paths.agents, away);
  for (const make of [() => {}, () => Deno.mkdirSync(run.paths.agents)]) {
    make();
    const error = await assertRejects(() => run.scan(), StepFailed);
    assertEquals(error.issue.code, "agents.missing");
  }
  Deno.removeSync(run.paths.agents);
  Deno.renameSync(away, run.paths.agents);
  assertEquals((await run.scan()).counts.disabled, 0);
});

Deno.test("scan() tells once of what systems leave behind, and of it alone", async () => {
  await using run = await MadeRun.make(2);
  const [id = ""] = run.ids;
  for (const path of [".DS_Store", "src/.walker.ts.swp", "core"]) await Deno.writeTextFile(run.path(id, path), "");
  const strays = (told: Told) => told.records.filter(({ type }) => type === "agent.stray");
  const first = await run.scan();
  assertEquals(recordOf({ ...first, records: first.records.toReversed() }, id).ok, true);
  assertEquals(strays(first).map(({ files, count }) => [files, count]), [[
    [".DS_Store", "core", "src/.walker.ts.swp"],
    3,
  ]]);
  const second = await run.scan();
  assertEquals([strays(second), second.counts.updates, second.counts.disabled], [[], 0, 0]);
  await Deno.remove(run.path(id, "core"));
  assertEquals(strays(await run.scan()).length, 1);
});
