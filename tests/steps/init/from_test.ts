import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { infoOf } from "../../../lib/util/files.ts";
import { sha256 } from "../../../lib/util/hash.ts";
import { Misuse } from "../../../lib/util/issue.ts";
import { toBytes } from "../../../lib/runtime/genome_bytes.ts";
import type { Genome } from "../../../lib/runtime/genome_schema.ts";
import { MadeRun, tinyFiles, writeTemplate } from "../../agents/made_run.ts";
import { NamedRun } from "../../pipelines/named_run.ts";

/** A genome of the tiny template that no draw gives: all on, and a number that is told from others. */
const champion: Genome = {
  version: 1,
  files: [
    { path: "src/seed.ts", active: true, functions: { mutate: true }, parameters: {} },
    { path: "src/walker.ts", active: true, functions: { stride: true, urge: true }, parameters: { eagerness: 0.8125 } },
  ],
};

/** Writes genomes as files beside a run, and gives their sources. */
function files(run: MadeRun, ...contents: readonly Uint8Array[]) {
  return contents.map((bytes, i) => {
    const path = `${run.folder}/genome${i}.bin`;
    Deno.writeFileSync(path, bytes);
    return { kind: "file", path } as const;
  });
}

const genomes = "SELECT id, genome_hash FROM agents ORDER BY ordinal";

Deno.test("init() with genomes gives each to an agent, and draws the others as it does without", async () => {
  await using plain = await MadeRun.make(3);
  await using warm = await MadeRun.make(0);
  const from = files(warm, toBytes(champion), toBytes(champion));
  const told = await warm.init({ count: 3, seed: "7", active: 1, from });
  const hash = await sha256(toBytes(champion));
  const expected = plain.rows(genomes).map((row, i) => i < 2 ? { ...row, genome_hash: hash } : row);
  assertEquals(warm.rows(genomes), expected);
  const drawn = expected.length - 2;
  assertEquals([told.counts.given, told.counts.created], [2, 3]);
  assertMatch(told.said, new RegExp(`${drawn} of \\d+ genomes drawn were viable`));
  const [first, , third] = told.records as unknown as Record<string, unknown>[];
  assertEquals([first!.from, first!.draws, first!.linked], [from[0]!.path, 0, true]);
  assertEquals(third!.from, undefined);
  const [event] = warm.rows("SELECT data FROM events WHERE type = 'agent.created' ORDER BY id LIMIT 1");
  assertEquals(JSON.parse(String(event!.data)).from, from[0]!.path);

  // The same command again, as after a kill, has nothing to do; further genomes need room.
  assertEquals((await warm.init({ from })).counts.created, 0);
  assertEquals((await warm.init({ count: 3, from })).counts.created, 0);
  const refused = await assertRejects(() => warm.init({ from: from.slice(1) }), Misuse);
  assertEquals(refused.issue.code, "from.count");
  assertStringIncludes(refused.issue.message, "--count 4");
  const more = await warm.init({ count: 5, from: from.slice(1) });
  assertEquals([more.counts.given, more.counts.created], [1, 2]);
  assertEquals(warm.rows(genomes)[3]!.genome_hash, hash);
});

Deno.test("init() tells what a genome and the template lack of each other, and refuses what was never offered", async () => {
  await using run = await MadeRun.make(0);
  const [walker, seed] = [champion.files[1]!, champion.files[0]!];
  const [part] = files(run, toBytes({ version: 1, files: [{ ...walker, parameters: {} }] }));
  const told = await run.init({ count: 1, seed: "7", from: [part!] });
  assertStringIncludes(told.said, "it has nothing of src/seed.ts, src/walker.ts:eagerness");

  // What the run's former template had is passed over, and recorded.
  const [former] = files(run, toBytes(champion));
  await writeTemplate(run.template, {
    "src/walker.ts": tinyFiles["src/walker.ts"]!.replace(/export const parameters[^;]*;/s, "")
      .replace("context.parameters.eagerness! > 0.5 ? 1 : urge(context)", "urge(context)"),
  });
  const renewed = await run.init({ count: 2, from: [former!] });
  assertStringIncludes(renewed.said, "the template lacks src/walker.ts:eagerness");
  assertEquals((renewed.records[0] as unknown as { ignored: string[] }).ignored, ["src/walker.ts:eagerness"]);

  const unfit: readonly (readonly [Genome, RegExp])[] = [
    [
      { version: 1, files: [seed, { ...walker, path: "src/other.ts" }] },
      /the template has no src\/other\.ts; .*--template/,
    ],
    [{ version: 1, files: [{ ...walker, functions: { fly: true } }] }, /has no src\/walker\.ts#fly/],
    [{ version: 1, files: [{ ...walker, active: false }] }, /none of its active genes/],
    [{ version: 1, files: [{ ...walker, functions: { stride: true, urge: false } }] }, /stride.*calls.*urge/],
  ];
  for (const [genome, message] of unfit) {
    const [file] = files(run, toBytes(genome));
    const { issue } = await assertRejects(() => run.init({ count: 3, from: [file!] }), Misuse);
    assertMatch(issue.message, message);
  }
  assertEquals(run.ids.length, 2);
});

Deno.test("init() refuses bytes that are no genome before it makes anything", async () => {
  await using run = await MadeRun.make(0);
  const text = (json: string) => new TextEncoder().encode(json);
  const whole = toBytes(champion);
  const contents = [
    new Uint8Array(),
    whole.subarray(0, 30),
    new Uint8Array([...whole, 0]),
    crypto.getRandomValues(new Uint8Array(1000)).fill(0xdf, 0, 1),
    text("["),
    text("[]"),
    text('{"type":"agent.shown","genes":[],"parameters":{"src/walker.ts":{"eagerness":"much"}}}'),
    text("[".repeat(1_000_000)),
    toBytes({ version: 1, files: [{ ...champion.files[1]!, parameters: { eagerness: 9 } }] }),
  ];
  for (const content of contents) {
    const [file] = files(run, content);
    const { issue } = await assertRejects(() => run.init({ count: 3, from: [file!] }), Misuse);
    assertMatch(issue.message, /^Cannot begin with .*genome0\.bin/);
    assert(issue.message.length < 600, issue.message);
  }
  for (const path of ["nowhere.bin", "template"]) {
    const from = [{ kind: "file", path: `${run.folder}/${path}` }] as const;
    assertEquals((await assertRejects(() => run.init({ from }), Misuse)).issue.code, "from.genome");
  }
  assertEquals(infoOf(run.paths.workspace), undefined);
});

Deno.test("init --from RUN:ID: killed on its way, the next one goes on with the genomes that were given", async () => {
  await using source = await NamedRun.make();
  await using run = await NamedRun.make();
  await source.init("--count", "3");
  const [, { id, genome_hash: hash }] = source.rows(genomes) as [unknown, { id: string; genome_hash: string }];
  // More than a batch, so that some are still to come when the first are listed.
  const given = Array.from({ length: 140 }, () => `${source.name}:${id.slice(0, 13)}`);
  const child = run.start("init", "--template", run.template, "--seed", "8", "--count", "160", "--from", ...given);
  const reader = child.stdout.getReader();
  await reader.read();
  child.kill("SIGKILL");
  while (!(await reader.read()).done);
  await child.stdin.close().catch(() => {});
  await child.stderr.cancel();
  await child.status;
  const resumed = await run.step("init");
  assertEquals(resumed.code, 0, resumed.stderr);
  const made = run.rows(genomes);
  assertEquals(made.map(({ genome_hash }) => genome_hash === hash), made.map((_, i) => i < 140));
  assertEquals(made.length, 160);
  const events = run.rows("SELECT data FROM events WHERE type = 'agent.created' ORDER BY id");
  assertEquals(
    events.map(({ data }) => JSON.parse(String(data)).from).filter(Boolean),
    Array(140).fill(`${source.name}:${id}`),
  );
  const explained = await run.step("explain", [String(made[139]!.id)]);
  assertStringIncludes(explained.stdout, `with the genome of ${source.name}:${id}`);

  const started = await run.step("start", [
    "--count",
    "161",
    "--cycles",
    "0",
    "--format",
    "ndjson",
    "--from",
    given[0]!,
  ]);
  assertEquals(started.code, 0, started.stderr);
  assertEquals(run.rows(genomes).at(-1)!.genome_hash, hash);
  const stray = await run.step("init", ["champion.bin"]);
  assertEquals(stray.code, 2);
  assertStringIncludes(stray.stderr, "It may follow --from alone.");

  for (
    const [genome, message] of [
      ["nothing-here:best", "there is no run nothing-here"],
      [`${source.name}:best`, `deno task lifecycle --run ${source.name}`],
      [`${source.name}:none`, `deno task status --run ${source.name}`],
    ]
  ) {
    const { code, stderr } = await run.step("init", ["--count", "162", "--from", genome!]);
    assertEquals([code, stderr.trimEnd().split("\n").length], [2, 1], stderr);
    assertStringIncludes(stderr, message!);
  }
});
