import { assert, assertEquals } from "@std/assert";
import { artifactPath } from "../../lib/signing/store.ts";
import { Population, until } from "./_population.ts";

/** Changes a file and sets its times back, as a failing disk leaves them. */
function unseen(path: string, change: (bytes: Uint8Array) => Uint8Array): void {
  const { atime, mtime } = Deno.statSync(path);
  Deno.writeFileSync(path, change(Deno.readFileSync(path)));
  Deno.utimeSync(path, atime!, mtime!);
}

/** What happens to an artifact in the store. */
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
    Deno.renameSync(path, `${path}.elsewhere`);
    Deno.symlinkSync(`${path}.elsewhere`, path);
  },
];

function damage(run: Population): number {
  const hashes = run.rows<{ hash: string }>(
    "SELECT DISTINCT build_hash AS hash FROM agents WHERE build_hash IS NOT NULL AND status <> 'dead' ORDER BY hash",
  );
  hashes.forEach(({ hash }, i) => damages[i % damages.length]!(artifactPath(run.paths.store, hash)));
  run.rows("UPDATE statements SET signature = 'AAAA' WHERE artifact = ?", hashes.at(-1)!.hash);
  return hashes.length;
}

Deno.test("damaged and unsigned artifacts are built again and evaluated in the same cycle, and nobody is the worse", async () => {
  await using whole = await new Population().lived(6, 0);
  for (const step of ["scan", "sync-wiring", "build"]) await whole.step(step);
  await using harmed = await whole.twin();
  assert(damage(harmed) >= damages.length);
  const alone = await harmed.step("supervise");
  assert(Number((alone.records.at(-1)!.counts as Record<string, number>).refused) > 0);
  await harmed.fails(1, "select");
  for (const run of [whole, harmed]) {
    await run.step("lifecycle", ...until(1));
    for (const step of ["scan", "sync-wiring", "build", "supervise", "select"]) await run.step(step);
  }
  // Newborns live on what their parents were built as.
  damage(harmed);
  for (const run of [whole, harmed]) await run.step("lifecycle", ...until(3));
  assertEquals(await harmed.status(), await whole.status());
  assertEquals(harmed.rows("SELECT 1 FROM events WHERE type = 'agent.disabled' AND data LIKE '%artifact.%'"), []);
  const [told] = harmed.rows<{ agent: string }>("SELECT agent FROM events WHERE type = 'artifact.refused'");
  const { records } = await harmed.step("explain", told!.agent);
  assert(records.some(({ what }) => what === "withheld"));
});
