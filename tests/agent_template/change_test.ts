import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { alleles, genomeDistance } from "../../lib/genome/diff.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { catalogue } from "../../lib/genome/pool.ts";
import { evaluate } from "../../lib/runtime/evaluate.ts";
import { deriveSeed } from "../../lib/runtime/random.ts";
import { mutateParameters } from "../../agent_template/src/selfmod.ts";
import { madeFile, madePool, ofEachKind } from "../genome/made_pool.ts";
import { line, madeAgent, madeRequest } from "../runtime/made_agent.ts";
import { evaluated, genomeIn, genomeOf, pool, textOf, wholeGenome } from "./made_template.ts";

const values = { "selfmod.flips": 2, "selfmod.changes": 0.3, "selfmod.mixing": 0.5 };
const parent = genomeOf({ symbolic: "all", rl: "all" }, values);

/** A genome whose birth genes are the named ones. */
function bearing(...names: string[]): Genome {
  const files = parent.files.map((file) =>
    file.path !== "src/selfmod.ts" ? file : {
      ...file,
      functions: Object.fromEntries(Object.keys(file.functions).map((name) => [name, names.includes(name)])),
    }
  );
  return { version: 1, files };
}

function child(from: Genome, name: number, mates: readonly Genome[] = []): Genome {
  return evaluated(from, { kind: "gestation", seed: deriveSeed("birth", name), mates: mates.map(textOf) }).genome;
}

const names = Array.from({ length: 60 }, (_, name) => name);

Deno.test("mutateFlags() flips about as many flags as its gene says, and none of its own file", () => {
  const from = bearing("mutateFlags");
  const children = names.map((name) => child(from, name));
  const flips = children.reduce((sum, one) => sum + genomeDistance(one, from), 0) / children.length;
  assert(flips > 1.3 && flips < 2.7, `${flips}`);
  const own = (genome: Genome) => genome.files.find(({ path }) => path === "src/selfmod.ts");
  for (const one of children) assertEquals(own(one), own(from));
});

Deno.test("mutateParameters() moves parameters within their ranges, and flips nothing", () => {
  const from = bearing("mutateParameters");
  const ranges = new Map(
    pool.files.flatMap(({ path, parameters }) => parameters.map((range) => [`${path}:${range.name}`, range])),
  );
  let moved = 0;
  for (const name of names) {
    const before = alleles(from);
    for (const [locus, allele] of alleles(child(from, name))) {
      if (allele === before.get(locus)) continue;
      const range = ranges.get(locus);
      assert(range !== undefined && typeof allele === "number" && allele >= range.min && allele <= range.max, locus);
      moved++;
    }
  }
  const share = moved / names.length / ranges.size;
  assert(share > 0.25 && share < 0.35, `${share}`);
});

Deno.test("crossOver() takes whole files from the mate", () => {
  const from = bearing("crossOver");
  const mate = wholeGenome();
  const shares = names.map((name) => {
    const one = child(from, name, [mate]);
    const taken = one.files.filter((file, at) => {
      const [own, other] = [from.files[at], mate.files[at]].map((whole) => JSON.stringify(whole));
      const text = JSON.stringify(file);
      assert(text === own || text === other, file.path);
      return text === other && own !== other;
    });
    return taken.length;
  });
  assert(new Set(shares).size > 2, "each child takes its own share");
});

Deno.test("a newborn without a mate and without mutation is its parent", () => {
  assertEquals(child(bearing("crossOver"), 1), bearing("crossOver"));
});

Deno.test("equal births have equal children, and others differ", () => {
  assertEquals(child(parent, 1), child(parent, 1));
  assertNotEquals(child(parent, 1), child(parent, 2));
});

const adult = genomeOf({ symbolic: "all", meta: "all" }, {
  "meta.patience": 2,
  "meta.breadth": 1,
  "meta.tolerance": 1,
});
const better = genomeOf({ symbolic: "all", meta: "all" }, { "symbolic.appetite": 7 });

function after(past: { scores: number[]; present: number[]; bestScore: number }): Genome {
  return evaluated(adult, { past: { ...past, best: textOf(better) } }).genome;
}

Deno.test("goBack() takes up the best genome where the present one is clearly worse", () => {
  const back = after({ scores: [9, 3], present: [3], bestScore: 9 });
  const differences = [...alleles(back)].filter(([locus, allele]) => alleles(better).get(locus) !== allele);
  assertEquals(differences.map(([locus]) => locus), ["src/selfmod.ts:step"]);
  assert(differences[0]![1] as number < (alleles(better).get("src/selfmod.ts:step") as number), "a failure sobers");
  // Within one standard deviation of its scores it stays, whatever their scale and sign.
  assertEquals(after({ scores: [9, 6, 9, 6, 8], present: [8], bestScore: 9 }), adult);
  assertEquals(after({ scores: [-10, -30, -15], present: [-15], bestScore: -10 }), adult);
  assertNotEquals(after({ scores: [-10, -12, -30], present: [-30], bestScore: -10 }), adult);
});

Deno.test("tryChange() changes one file's parameters, after as many judged cycles as its gene says", () => {
  assertEquals(after({ scores: [9], present: [9], bestScore: 9 }), adult);
  const tried = after({ scores: [9, 9], present: [9, 9], bestScore: 9 });
  const files = tried.files.filter((file, at) => JSON.stringify(file) !== JSON.stringify(adult.files[at]));
  assertEquals(files.map(({ path }) => path), ["src/selfmod.ts", "src/symbolic.ts"]);
  assertEquals(files[1]!.functions, adult.files.find(({ path }) => path === "src/symbolic.ts")!.functions);
});

Deno.test("mutateParameters() makes booleans and choices others, and moves integers by a whole number", () => {
  const file = madeFile("src/k.ts", { run: {} }, ofEachKind);
  const agent = madeAgent({ "birth src/selfmod.ts#mutateParameters": mutateParameters }, line, {
    changes: 1,
    step: 0.01,
  });
  const parameters = {
    bits: [0, 1, 0, 1, 0],
    count: 7,
    flag: 1,
    moves: [2, 0],
    rule: 0,
    sizes: [2, 3, 1000],
    weights: [0],
  };
  const from: Genome = { version: 1, files: [{ path: file.path, active: true, functions: { run: true }, parameters }] };
  const before = alleles(from);
  const found = new Map<string, Set<unknown>>();
  for (const name of names) {
    const { genome } = evaluate(agent, {
      ...madeRequest({ kind: "gestation", seed: deriveSeed("kinds", name), pool: catalogue(madePool(file)) }),
      genome: textOf(from),
    });
    for (const [locus, value] of alleles(genomeIn(genome!))) {
      if (typeof value === "number") found.set(locus, (found.get(locus) ?? new Set()).add(value));
    }
  }
  const others = (locus: string) => [...found.get(`src/k.ts:${locus}`)!].toSorted();
  for (const [locus, value] of before) if (typeof value === "number") assert(!found.get(locus)!.has(value), locus);
  assertEquals([others("flag"), others("moves[0]"), others("bits[1]")], [[0], [0, 1], [0]]);
  assert(others("count").length > 2 && others("count").every(Number.isInteger));
});
