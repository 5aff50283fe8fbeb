import { assert, assertEquals, assertNotEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { sha256 } from "../../../lib/util/hash.ts";
import { dropStatementsAbout, putStatement, signedStatements } from "../../../lib/db/signed_statements.ts";
import { loadSigner } from "../../../lib/signing/sign.ts";
import { programPath } from "../../../lib/signing/store.ts";
import type { IsolationName } from "../../../lib/isolation/names.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { supervise } from "../../../lib/steps/supervise/supervise.ts";
import { MadeRun, smallTemplate } from "../build/made_run.ts";

/** What genes may try that the audit lets pass, one file each; `calm` is fine. */
const files: Readonly<Record<string, string>> = {
  calm: "return context.random() < 0.5 ? 1 : 0;",
  crashing: "const { length } = (context as unknown as { nothing: string }).nothing; return length;",
  deep: "const dive = (n: number): number => n + dive(n + 1); return dive(0);",
  looping: "for (;;) if (context.step < 0) return 0;",
  greedy: "const all: number[][] = []; for (;;) all.push(new Array<number>(100_000).fill(all.length));",
};
const names = Object.keys(files);

const template: Record<string, string> = { "world.ts": smallTemplate["world.ts"]! };
for (const [name, body] of Object.entries(files)) {
  template[`src/${name}.ts`] = `import type { GeneContext } from "evolve/contract";
/** @phase act */
export function ${name}(context: GeneContext): number { ${body} }
`;
}

const roots: string[] = [];
globalThis.addEventListener("unload", () => roots.forEach((root) => Deno.removeSync(root, { recursive: true })));

/** A built run in an open cycle, of agents that have one gene each. */
async function made(
  kinds: readonly string[],
  verifyFraction: number,
  added: Record<string, string> = {},
): Promise<MadeRun> {
  const run = await MadeRun.like(JSON.stringify(["one gene each", kinds, added, template]), () => begun(kinds, added));
  roots.push(run.paths.root);
  const limits = { memoryMiB: 64, cpuSeconds: 4, wallSeconds: 20 };
  await Deno.writeTextFile(run.paths.config, JSON.stringify({ limits, isolation: { verifyFraction } }));
  return run;
}

async function begun(kinds: readonly string[], added: Record<string, string>): Promise<MadeRun> {
  const run = await MadeRun.make(kinds.length, { ...template, ...added }, Object.keys(added).length > 0);
  const ids = run.ids();
  for (const [index, kind] of kinds.entries()) {
    const flags = names.map((name) => [`src/${name}.ts`, name === kind]);
    await run.change(ids[index]!, Object.fromEntries([...flags, ...Object.keys(added).map((path) => [path, false])]));
  }
  await run.build();
  using listing = run.listing();
  listing.run("UPDATE agents SET stage = 'adult'");
  listing.run("INSERT INTO cycles (cycle, state) VALUES (1, 'open')");
  return run;
}

async function evaluated(run: MadeRun, isolation: IsolationName) {
  const counts = await supervise(run.step("supervise"), { concurrency: 2, isolation });
  using listing = run.listing();
  const episodes = listing.all(`SELECT e.agent, e.kind, e.genome_hash, e.outcome, e.message, e.score, e.measures,
    e.evidence_hash, e.genome_after, e.reproducible FROM evaluations e JOIN agents a ON a.id = e.agent ORDER BY a.ordinal`);
  const agents = listing.all("SELECT id, status, genome_hash, score, energy, crashes, backoff_until_cycle FROM agents");
  return { counts, outcomes: episodes.map(({ outcome }) => outcome), digest: JSON.stringify([episodes, agents]) };
}

Deno.test("supervise() with --isolation shared: evaluations end as in processes of their own, whatever they try", async () => {
  const kinds = ["calm", "crashing", "calm", "deep", "looping", "calm", "greedy", "calm"];
  const own = await evaluated(await made(kinds, 0), "process");
  const shared = await evaluated(await made(kinds, 0), "shared");
  const ends = ["finished", "crash", "finished", "stack", "cpu", "finished", "memory", "finished"];
  assertEquals(own.outcomes, ends);
  assertEquals(shared.outcomes, ends);
  assertEquals(shared.digest, own.digest);
  assertEquals([shared.counts.alone, shared.counts.checked], [4, 0]);
});

Deno.test("supervise() with --isolation shared: a newborn is evaluated by the program of the pool while it is built as that", async () => {
  const newborn = `UPDATE agents SET (stage, kind, parents, genome_hash, build_hash) = (SELECT 'newborn', 'birth',
    json_array(json_object('id', p.id, 'genomeHash', p.genome_hash, 'share', NULL)), p.genome_hash, p.build_hash
    FROM agents p WHERE p.ordinal = 0) WHERE ordinal = 1`;
  for (const [edit, alone] of [["", 0], ["UPDATE agents SET build_key = 'other' WHERE ordinal = 1", 1]] as const) {
    const run = await made(["calm", "calm"], 0);
    {
      using listing = run.listing();
      listing.db.exec(`${newborn}; ${edit}`);
    }
    const { counts } = await evaluated(run, "shared");
    assertEquals([counts.births, counts.finished, counts.alone], [1, 2, alone]);
  }
});

Deno.test("supervise() with --isolation shared: a drawn share is run again in processes of their own", async () => {
  const kinds = Array(8).fill("calm");
  const all = await evaluated(await made(kinds, 1), "shared");
  assertEquals([all.counts.checked, all.counts.alone, all.counts.finished], [8, 0, 8]);
  const [some, again] = [
    await evaluated(await made(kinds, 0.4), "shared"),
    await evaluated(await made(kinds, 0.4), "shared"),
  ];
  assert(some.counts.checked! > 0 && some.counts.checked! < 8);
  assertEquals(some.counts.checked, again.counts.checked);
  assertEquals(some.digest, all.digest);
});

/** Replaces a run's program of the pool by one that is signed just so well. */
async function replace(run: MadeRun, edit: (program: string) => string): Promise<void> {
  using listing = run.listing();
  const { signature: _, ...known } = signedStatements(listing).find(({ genome }) => genome.startsWith("pool:"))!;
  const program = edit(await Deno.readTextFile(programPath(run.paths.store, known.artifact)));
  const statement = { ...known, artifact: await sha256(program) };
  await Deno.writeTextFile(programPath(run.paths.store, statement.artifact), program);
  dropStatementsAbout(listing, known.genome);
  const signature = await (await loadSigner(run.paths.privateKey)).sign(statement);
  putStatement(listing, { ...statement, signature });
}

Deno.test("supervise() with --isolation shared: what comes to something else than in its own process is named, and fails the step", async () => {
  const run = await made(["calm", "calm"], 1);
  await replace(run, (program) => program.replace("context.random() < 0.5 ? 1 : 0", "context.random() < 0.4 ? 1 : 0"));
  const error = await assertRejects(() => evaluated(run, "shared"), StepFailed);
  assertEquals(error.issue.code, "shared.differs");
  assert(run.ids().some((id) => error.message.includes(id)), error.message);
});

Deno.test("supervise() with --isolation shared: a shared process that writes what it likes does no harm", async () => {
  const run = await made(["calm", "calm", "calm"], 0);
  await replace(run, () => 'for (;;) Deno.stdout.writeSync(new TextEncoder().encode("hello\\n"));');
  const { outcomes, counts } = await evaluated(run, "shared");
  assertEquals([outcomes, counts.alone], [["finished", "finished", "finished"], 3]);
});

Deno.test("supervise() with --isolation shared: without a signed program of the pool the step says to build it", async () => {
  const run = await made(["calm"], 0);
  using listing = run.listing();
  listing.run("DELETE FROM statements WHERE genome LIKE 'pool:%'");
  const error = await assertRejects(() => evaluated(run, "shared"), StepFailed);
  assertEquals(error.issue.code, "pool.unbuilt");
  assertStringIncludes(error.message, "deno task build");
  await run.build();
  assertEquals((await evaluated(run, "shared")).outcomes, ["finished"]);
});

Deno.test("supervise() with --isolation wasm: evaluations end as in processes of their own", async () => {
  const kinds = ["calm", "crashing", "deep", "looping", "calm", "greedy", "calm"];
  const { outcomes } = await evaluated(await made(kinds, 0), "wasm");
  assertEquals(outcomes, ["finished", "crash", "stack", "cpu", "finished", "memory", "finished"]);
});

Deno.test("supervise() with --isolation wasm: evaluations are run by the program of the pool, and by their own where there is none", async () => {
  const [own, other, without] = await Promise.all([1, 2, 3].map(() => made(["calm", "calm"], 0)));
  await replace(
    other!,
    (program) => program.replace("context.random() < 0.5 ? 1 : 0", "context.random() < 0.4 ? 1 : 0"),
  );
  using listing = without!.listing();
  listing.run("DELETE FROM statements WHERE genome LIKE 'pool:%'");
  const expected = await evaluated(own!, "process");
  assertEquals((await evaluated(without!, "wasm")).digest, expected.digest);
  assertNotEquals((await evaluated(other!, "wasm")).digest, expected.digest);
});

/** A file that does not load, and that no agent has active. */
const unloadable = {
  "src/late.ts": `class Late extends Early {}
class Early { at = FIRST; }
const FIRST = LIST[0];
const LIST = Object.freeze([1]);
/** @phase act */
export function late(): number { return new Late().at! + FIRST!; }
`,
};

Deno.test("supervise(): what does not load harms none in which it is silent, in any way of isolation", async () => {
  const kinds = ["calm", "calm", "calm"];
  const own = await evaluated(await made(kinds, 1, unloadable), "process");
  assertEquals(own.outcomes, ["finished", "finished", "finished"]);
  const shared = await evaluated(await made(kinds, 1, unloadable), "shared");
  assertEquals(shared.digest, own.digest);
  assertEquals([shared.counts.alone, shared.counts.checked], [0, 3]);
  assertEquals((await evaluated(await made(kinds, 1, unloadable), "wasm")).digest, own.digest);
});

Deno.test("supervise(): where no engine can read the program of the pool, agents' own are run by", async () => {
  const kinds = ["calm", "calm", "calm"];
  const own = await evaluated(await made(kinds, 1), "process");
  for (const isolation of ["shared", "wasm"] as const) {
    const run = await made(kinds, 1);
    await replace(run, (program) => `${program}(`);
    const { digest, counts } = await evaluated(run, isolation);
    assertEquals(digest, own.digest);
    if (isolation === "shared") assertEquals(counts.alone, 3);
  }
});
