import { assertEquals } from "@std/assert";
import type { ActiveGene } from "../../lib/genome/active.ts";
import { uncalledGenes, withCallers, withoutGenes } from "../../lib/genome/without.ts";

function gene(name: string, calls: string[], phase?: string): ActiveGene {
  const facts = { name, phase, line: 1, lines: 1, complexity: 1, calls: calls.map((one) => `src/a.ts#${one}`) };
  return { file: "src/a.ts", function: name, ...(phase && { phase }), facts };
}

const genes = [
  gene("act", ["one"], "act"),
  gene("one", ["two"]),
  gene("two", ["one"]),
  gene("born", ["three"], "birth"),
  gene("three", []),
  gene("idle", ["two"]),
];

function short(names: Iterable<string>): string[] {
  return [...names].map((name) => name.split("#")[1]!).sort();
}

Deno.test("withCallers() has all that can't link without a gene, also where genes call each other", () => {
  assertEquals(short(withCallers(genes, ["src/a.ts#two"])), ["act", "idle", "one", "two"]);
  assertEquals(short(withCallers(genes, ["src/a.ts#act"])), ["act"]);
});

Deno.test("uncalledGenes() are those of births, what these alone call, and what nothing calls", () => {
  assertEquals(short(uncalledGenes(genes)), ["born", "idle", "three"]);
});

Deno.test("withoutGenes() switches off genes and files of which none is left, and leaves all else as it is", () => {
  const file = (path: string, active: boolean, functions: Record<string, boolean>) => ({
    path,
    active,
    functions,
    parameters: { p: 1 },
  });
  const genome = {
    version: 1 as const,
    files: [file("src/a.ts", true, { x: true, y: true }), file("src/b.ts", true, { x: true, z: false })],
  };
  assertEquals(withoutGenes(genome, new Set(["src/a.ts#y", "src/b.ts#x"])).files, [
    file("src/a.ts", true, { x: true, y: false }),
    file("src/b.ts", false, { x: false, z: false }),
  ]);
});
