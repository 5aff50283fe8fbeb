import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { activeGenes, activeNames } from "../../lib/genome/active.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { link } from "../../lib/genome/link.ts";
import { madeFile, madePool, poolsWithGenome } from "./made_pool.ts";

Deno.test("link() passes a genotype exactly if no active gene reaches an inactive one", () => {
  fc.assert(
    fc.property(poolsWithGenome, ({ pool, genome }) => {
      const calls = new Map<string, readonly string[]>(
        pool.files.flatMap((file) => file.functions.map((gene) => [`${file.path}#${gene.name}`, gene.calls] as const)),
      );
      const active = activeNames(genome, pool);
      const reached = new Set<string>();
      const visit = (name: string): void => {
        if (reached.has(name)) return;
        reached.add(name);
        calls.get(name)!.forEach(visit);
      };
      active.forEach(visit);
      assertEquals(link(genome, pool) === undefined, [...reached].every((name) => active.has(name)));
    }),
    { numRuns: 500 },
  );
});

Deno.test("link() names both genes", () => {
  const pool = madePool(
    madeFile("src/neural.ts", { learn: { calls: ["src/neural.ts#forward", "src/other.ts#far"] }, forward: {} }),
    madeFile("src/other.ts", { far: {} }),
  );
  assertEquals(link(genome({ learn: true, forward: false }, true), pool), {
    code: "genotype.lethal",
    message: "`learn` in src/neural.ts calls `forward`, which the genome switches off",
    path: "src/neural.ts#learn",
  });
  assertEquals(
    link(genome({ learn: true, forward: true }, false), pool)?.message,
    "`learn` in src/neural.ts calls `far` in src/other.ts, which the genome switches off",
  );
  assertEquals(link(genome({ learn: true, forward: true }, true), pool), undefined);
  assertEquals(link(genome({ learn: false, forward: false }, false), pool), undefined);
});

Deno.test("activeGenes() lists nothing of a file that is off, and nothing that the pool lacks", () => {
  const pool = madePool(madeFile("src/neural.ts", { learn: { phase: "act" }, forward: {} }));
  const all = genome({ learn: true, forward: true, ghost: true }, true);
  assertEquals(activeGenes(all, pool).map((gene) => [gene.file, gene.function, gene.phase]), [
    ["src/neural.ts", "forward", undefined],
    ["src/neural.ts", "learn", "act"],
  ]);
  all.files[0]!.active = false;
  assert(activeGenes(all, pool).length === 0);
});

function genome(functions: Record<string, boolean>, far: boolean): Genome {
  return {
    version: 1,
    files: [
      { path: "src/neural.ts", active: true, functions, parameters: {} },
      { path: "src/other.ts", active: far, functions: { far: true }, parameters: {} },
    ],
  };
}
