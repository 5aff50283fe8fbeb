import { assert, assertEquals } from "@std/assert";
import { programPath } from "../../lib/signing/store.ts";
import type { Ended } from "../step/_run.ts";
import { Population, until } from "./_population.ts";

/** Changes a file and sets its times back, as a failing disk leaves them. */
function unseen(path: string, change: (bytes: Uint8Array) => Uint8Array): void {
  const { atime, mtime } = Deno.statSync(path);
  Deno.writeFileSync(path, change(Deno.readFileSync(path)));
  Deno.utimeSync(path, atime!, mtime!);
}

/** What happens to a program in the store. */
const damages: readonly ((path: string) => void)[] = [
  (path) => unseen(path, (bytes) => bytes.subarray(0, bytes.length / 2)),
  (path) => unseen(path, (bytes) => bytes.map((byte, i) => i === 999 ? byte ^ 4 : byte)),
  (path) => unseen(path, (bytes) => bytes.fill(0)),
  (path) => Deno.removeSync(path),
  (path) => {
    Deno.removeSync(path);
    Deno.mkdirSync(`${path}/inner`, { recursive: true });
  },
  (path) => {
    const elsewhere = `${Deno.makeTempDirSync()}/program.js`;
    Deno.renameSync(path, elsewhere);
    Deno.symlinkSync(elsewhere, path);
  },
];

/** A run of short evaluations whose agents are built. */
async function begun(): Promise<Population> {
  return await new Population().like("6 of short lives built", async (run) => {
    await run.evaluated(6, 0);
    for (const step of ["scan", "sync-wiring", "build"]) await run.step(step);
  });
}

/** The program of a kind that agents share: `judge`, `pool` or `kit`. */
function programOf(run: Population, kind: string): string {
  const [{ hash }] = run.rows<{ hash: string }>(
    "SELECT artifact AS hash FROM statements WHERE genome = ? OR genome LIKE ?",
    kind,
    `${kind}:%`,
  ) as [{ hash: string }];
  return programPath(run.paths.store, hash);
}

/** Takes away the signatures of what some agents are built as. */
function unsign(run: Population): void {
  const hashes = run.rows<{ hash: string }>(
    "SELECT DISTINCT build_hash AS hash FROM agents WHERE build_hash IS NOT NULL AND status <> 'dead' ORDER BY hash",
  );
  for (const { hash } of hashes.filter((_, i) => i % 2 === 0)) {
    run.rows("UPDATE statements SET signature = 'AAAA' WHERE artifact = ?", hash);
  }
}

Deno.test("what is not signed is signed anew and evaluated in the same cycle, and no agent is the worse", async () => {
  await using whole = await begun();
  await using harmed = await whole.twin();
  unsign(harmed);
  const alone = await harmed.step("supervise");
  assert(Number((alone.records.at(-1)!.counts as Record<string, number>).refused) > 0);
  await harmed.fails(1, "select");
  for (const run of [whole, harmed]) {
    await run.step("lifecycle", ...until(1));
    for (const step of ["scan", "sync-wiring", "build", "supervise", "select"]) await run.step(step);
  }
  const refused = () => harmed.rows("SELECT 1 FROM events WHERE type = 'artifact.refused'").length;
  const before = refused();
  // Newborns start as what their parents were built as.
  unsign(harmed);
  for (const run of [whole, harmed]) await run.step("lifecycle", ...until(2));
  assert(refused() > before, "no birth met a signature that is gone");
  assertEquals(await harmed.status(), await whole.status());
  assertEquals(harmed.rows("SELECT 1 FROM events WHERE type = 'agent.disabled' AND data LIKE '%artifact.%'"), []);
  const [told] = harmed.rows<{ agent: string }>("SELECT agent FROM events WHERE type = 'artifact.refused'");
  const { records } = await harmed.step("explain", told!.agent);
  assert(records.some(({ event }) => event === "withheld"));
});

Deno.test("a damaged program that agents share stops supervise before anything starts, and the next build makes it anew", async () => {
  await using whole = await begun();
  await using harmed = await whole.twin();
  const kinds = [["kit", "process", "pool.unbuilt"], ["judge", "process", "judge.missing"], [
    "pool",
    "shared",
    "pool.unbuilt",
  ]];
  for (const [i, damage] of damages.entries()) {
    const [kind, isolation, code] = kinds[i % kinds.length] as [string, string, string];
    const path = programOf(harmed, kind);
    const bytes = Deno.readFileSync(path);
    damage(path);
    const ended = await harmed.fails(1, "supervise", "--isolation", isolation);
    assertEquals([i, kind, codeOf(ended)], [i, kind, code]);
    assertEquals(harmed.rows("SELECT 1 FROM evaluations WHERE outcome IS NOT NULL"), []);
    await harmed.step("build");
    assertEquals(Deno.readFileSync(programOf(harmed, kind)), bytes);
  }
  // A chain goes on in its cycle's middle by itself.
  for (const run of [whole, harmed]) for (const step of ["supervise", "select"]) await run.step(step);
  for (const kind of ["kit", "judge", "pool"]) damages[0]!(programOf(harmed, kind));
  await harmed.step("doctor");
  for (const run of [whole, harmed]) await run.step("lifecycle", ...until(2));
  assertEquals(await harmed.status(), await whole.status());
});

function codeOf({ records }: Ended): string {
  return (records.at(-1)!.issue as { code: string }).code;
}
