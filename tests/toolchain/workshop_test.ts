import { assert, assertEquals } from "@std/assert";
import { KnownPools } from "../../lib/template/known_pools.ts";
import { buildPolicy } from "../../lib/toolchain/policy.ts";
import { Workshop } from "../../lib/toolchain/workshop.ts";
import { toBytes } from "../../lib/runtime/genome_bytes.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { MadeRun } from "../steps/build/made_run.ts";

function genome(stride: number): Uint8Array {
  const walk = { path: "src/walk.ts", active: true, functions: { walk: true }, parameters: { stride } };
  const taste = { path: "src/taste.ts", active: true, functions: { taste: true }, parameters: {} };
  return toBytes({ version: 1, files: [walk, taste] } satisfies Genome);
}

Deno.test("derive() gives the same wirings in the same order in one thread and in several workers", async () => {
  const run = await MadeRun.make(1);
  using listing = run.listing();
  const pool = listing.meta("pool")!;
  const base = { pool, former: [], source: "source", runtime: "runtime", policy: buildPolicy, store: run.paths.store };
  const genomes = Array.from({ length: 450 }, (_, i) => genome(i / 100));
  genomes[7] = new Uint8Array([1, 2, 3]);
  const results = [];
  for (const workers of [1, 2]) {
    run.workers = workers;
    results.push(await new Workshop(run.step("build"), base, new KnownPools(run.paths, pool), true).derive(genomes));
  }
  assertEquals(results[0], results[1]);
  const keys = results[0]!.map((result) => result.ok ? result.value.key : result.issue.code);
  assertEquals(new Set(keys).size, 450);
  assert(keys[7]!.startsWith("genome."));
});
