import { assertEquals, assertNotEquals } from "@std/assert";
import { reachedFiles, reachOf } from "../../lib/genome/reach.ts";
import type { PoolFile } from "../../lib/genome/pool.ts";
import { madeFile, madePool } from "./made_pool.ts";

const file = (path: string, changed: Partial<PoolFile> = {}) => ({ ...madeFile(path, { [path[4]!]: {} }), ...changed });

/** The genome that has these files of a, b and c on. */
const genome = (...on: string[]) => ({
  version: 1 as const,
  files: ["src/a.ts", "src/b.ts", "src/c.ts"].map((path) => ({
    path,
    active: on.includes(path),
    functions: {},
    parameters: {},
  })),
});

const a = file("src/a.ts", { imports: ["src/b.ts"] });
const b = file("src/b.ts", { imports: ["src/a.ts"] });
const c = file("src/c.ts");
const pool = madePool(a, b, c);

Deno.test("a genome reaches the files that it has on and what they import, be it in a circle", () => {
  const paths = (...on: string[]) => reachedFiles(genome(...on), pool).map(({ path }) => path);
  assertEquals(paths("src/b.ts"), ["src/a.ts", "src/b.ts"]);
  assertEquals(paths("src/c.ts"), ["src/c.ts"]);
  assertEquals(paths(), []);
  assertEquals(paths("src/gone.ts"), []);
});

Deno.test("what a genome does not reach is no part of its identity, and what it reaches is", async () => {
  const reach = await reachOf(genome("src/a.ts"), pool);
  const without = [madePool(a, b), madePool(a, b, { ...c, tokens: "1" }), madePool(a, b, c, file("src/d.ts"))];
  for (const other of without) assertEquals(await reachOf(genome("src/a.ts"), other), reach);
  const others = [
    madePool(a, { ...b, tokens: "1" }, c),
    madePool({ ...a, imports: [] }, b, c),
    madePool(b, c),
    { ...pool, worldHash: "1" },
  ];
  for (const other of others) assertNotEquals(await reachOf(genome("src/a.ts"), other), reach);
});
