import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { fromBytes, toBytes } from "../../lib/runtime/genome_bytes.ts";
import { fromBase64, toBase64 } from "../../lib/runtime/base64.ts";
import type { GeneContext, GenomeEditor, GenomeView, ParameterRange } from "../../lib/runtime/contract.ts";
import { Catalogue } from "../../lib/runtime/catalogue.ts";
import { evaluate } from "../../lib/runtime/evaluate.ts";
import { readGenotype, writeGenotype } from "../../lib/runtime/genotype.ts";
import { catalogue } from "../../lib/genome/pool.ts";
import { ofEachKind, poolsWithGenome } from "../genome/made_pool.ts";
import { madeAgent, madeGenome, madePool, madeRequest } from "./made_agent.ts";

/** The genome that a birth gene decides on. */
function decided(edit: (genome: GenomeEditor, context: GeneContext) => void, changed = {}): string | null {
  const agent = madeAgent({ "birth src/a.ts#born": (context) => edit(context.genome, context) });
  return evaluate(agent, madeRequest({ kind: "gestation", mates: [madeGenome(1, false)], ...changed })).genome;
}

Deno.test("GenomeEditor gives null where nothing changed in the end", () => {
  assertEquals(decided(() => {}), null);
  assertEquals(decided((genome) => genome.setParameter("src/a.ts", "rate", 0.25)), null);
  assertEquals(
    decided((genome) => {
      genome.setFile("src/b.ts", true);
      genome.setFile("src/b.ts", false);
    }),
    null,
  );
});

Deno.test("GenomeEditor gives canonical bytes", () => {
  assertEquals(decided((genome) => genome.setParameter("src/a.ts", "rate", 0.75)), madeGenome(0.75));
  assertEquals(decided((genome) => genome.setFunction("src/a.ts", "go", false)), madeGenome(0.25, false));
});

Deno.test("GenomeEditor keeps the flags of a file that is switched off", () => {
  const bytes = decided((genome) => genome.setFile("src/a.ts", false))!;
  const { files } = fromBytes(fromBase64(bytes)) as { files: { active: boolean; functions: unknown }[] };
  assertEquals([files[0]!.active, files[0]!.functions], [false, { go: true, look: true }]);
});

Deno.test("GenomeEditor.setParameter() brings values into their range", () => {
  for (const [value, wanted] of [[2, 1], [-2, 0], [Infinity, 1], [-0, 0]] as const) {
    assertEquals(decided((genome) => genome.setParameter("src/a.ts", "rate", value)), madeGenome(wanted));
  }
});

Deno.test("GenomeEditor refuses what is not of the pool", () => {
  const refused: ((genome: GenomeEditor) => void)[] = [
    (genome) => genome.setFile("src/c.ts", true),
    (genome) => genome.setFile("__proto__", true),
    (genome) => genome.setFile("../a.ts", true),
    (genome) => genome.setFile("src/a.ts", 1 as unknown as boolean),
    (genome) => genome.setFunction("src/a.ts", "constructor", true),
    (genome) => genome.setFunction("src/a.ts", "learn", true),
    (genome) => genome.setParameter("src/a.ts", "toString", 1),
    (genome) => genome.setParameter("src/a.ts", "rate", NaN),
    (genome) => genome.setParameter("src/a.ts", "rate", "1" as unknown as number),
    (genome) => genome.fileActive("src/c.ts"),
    (genome) => genome.copy({ files: () => [] } as unknown as GenomeView),
    (genome) => genome.copy(null as unknown as GenomeView),
  ];
  for (const edit of refused) {
    assertEquals(decided((genome) => void assertThrows(() => edit(genome), RangeError)), null);
  }
});

Deno.test("GenomeEditor can't be used while scores are earned", () => {
  const agent = madeAgent({
    "act src/a.ts#go": (context) => void assertThrows(() => context.genome.setFile("src/b.ts", true), RangeError),
  });
  assertEquals(evaluate(agent, madeRequest()).genome, null);
});

Deno.test("GenomeEditor is open in phase end", () => {
  const agent = madeAgent({ "end src/a.ts#end": (context) => context.genome.setParameter("src/a.ts", "rate", 1) });
  assertEquals(evaluate(agent, madeRequest()).genome, madeGenome(1));
});

Deno.test("GenomeEditor.copy() takes a mate's genome over, and no more is shared", () => {
  const copied = decided((genome, { mates }) => {
    genome.copy(mates[0]!);
    genome.setParameter("src/a.ts", "rate", 0.125);
    assertEquals(mates[0]!.parameter("src/a.ts", "rate"), 1);
  });
  assertEquals(copied, madeGenome(0.125, false));
});

Deno.test("GenomeView of a mate can't be edited", () => {
  const edit = (_: unknown, { genome, mates }: GeneContext) => {
    const setFile = genome.setFile;
    assertThrows(() => setFile.call(mates[0] as GenomeEditor, "src/a.ts", false), TypeError);
    assert(!("setFile" in mates[0]!));
  };
  assertEquals(decided(edit), null);
});

Deno.test("GenomeView counts what the pool has and the genome lacks as inactive, and passes over what is gone", () => {
  const old = toBase64(toBytes({
    version: 1,
    files: [{ path: "src/gone.ts", active: true, functions: { x: true }, parameters: {} }],
  }));
  const looked: unknown[] = [];
  const look = (genome: GenomeView) =>
    looked.push(genome.files(), genome.fileActive("src/a.ts"), genome.parameter("src/a.ts", "rate"));
  assertEquals(decided(look, { genome: old }), null);
  assertEquals(looked, [["src/a.ts", "src/b.ts"], false, 0.5]);
  const edited = decided((genome) => genome.setFile("src/a.ts", true), { genome: old })!;
  const { files } = fromBytes(fromBase64(edited)) as { files: { path: string }[] };
  assertEquals(files.map(({ path }) => path), madePool.files.map(({ path }) => path));
});

Deno.test("before end, a gene sees of its genome what the genome itself says, and of the pool what it reaches", () => {
  const seen: unknown[] = [];
  const look = (context: GeneContext) => {
    if (context.step > 0 || context.episode === 1) return;
    const { genome } = context;
    seen.push([genome.files(), genome.functions("src/a.ts"), genome.functions("src/b.ts")]);
    seen.push([genome.parameters("src/a.ts").map(({ min, max }) => [min, max]), genome.parameter("src/a.ts", "rate")]);
    assertThrows(() => genome.fileActive("src/c.ts"), RangeError);
    assertThrows(() => genome.setFile("src/a.ts", false), RangeError);
  };
  const end = (context: GeneContext) => void seen.push(context.genome.files(), context.genome.functions("src/b.ts"));
  const b = { path: "src/b.ts", functions: ["learn", "more"], parameters: [] };
  const c = { path: "src/c.ts", functions: ["unused"], parameters: [] };
  const [a] = madePool.files;
  const pool = { files: [{ ...a!, functions: ["go", "look", "new"] }, b, c] };
  evaluate(madeAgent({ "sense src/a.ts#look": look, "end src/a.ts#go": end }), madeRequest({ pool }));
  assertEquals(seen, [
    [["src/a.ts", "src/b.ts"], ["go", "look", "new"], ["learn"]],
    [[[0, 1]], 0.25],
    ["src/a.ts", "src/b.ts", "src/c.ts"],
    ["learn", "more"],
  ]);
});

Deno.test("before end, the range of a parameter in a file that is off is its value alone", () => {
  const files = [{ path: "src/a.ts", active: false, functions: { go: true }, parameters: { rate: 0.75 } }];
  const genome = toBase64(toBytes({ version: 1, files }));
  let range: unknown;
  const look = (context: GeneContext) => void (range = context.genome.parameters("src/a.ts")[0]);
  evaluate(madeAgent({ "sense src/x.ts#look": look }), madeRequest({ genome }));
  assertEquals(range, { name: "rate", min: 0.75, max: 0.75, default: 0.75, scale: "linear", kind: "real" });
});

const kinds = { files: [{ path: "src/k.ts", functions: ["born"], parameters: ofEachKind }] };

/** A genome of that pool with these parameters, in base64. */
function kindGenome(parameters: Record<string, number | number[]>, active = true): string {
  return toBase64(
    toBytes({ version: 1, files: [{ path: "src/k.ts", active, functions: { born: true }, parameters }] }),
  );
}

/** What a birth gene makes of the parameters of such a genome. */
function edited(edit: (genome: GenomeEditor) => void, from: Record<string, number | number[]> = {}) {
  const bytes = decided(edit, { pool: kinds, genome: kindGenome(from), mates: [] });
  const { files } = fromBytes(fromBase64(bytes!)) as { files: { parameters: Record<string, number | number[]> }[] };
  return files[0]!.parameters;
}

Deno.test("GenomeView lists the elements of lists among the parameters, each with its kind", () => {
  let ranges: readonly ParameterRange[] = [];
  assertEquals(decided((genome) => void (ranges = genome.parameters("src/k.ts")), { pool: kinds }), null);
  assertEquals(ranges.map(({ name, kind }) => `${name} ${kind}`), [
    ...[0, 1, 2, 3, 4].map((at) => `bits[${at}] boolean`),
    "count integer",
    "flag boolean",
    "moves[0] choice",
    "moves[1] choice",
    "rule choice",
    ...[0, 1, 2].map((at) => `sizes[${at}] integer`),
    "weights[0] real",
  ]);
  assertEquals(ranges[7], { name: "moves[0]", min: 0, max: 2, default: 2, scale: "linear", kind: "choice" });
});

Deno.test("GenomeEditor.setParameter() rounds what is not real, and reaches the elements of lists", () => {
  const values = edited((genome) => {
    genome.setParameter("src/k.ts", "bits[3]", 0.5);
    genome.setParameter("src/k.ts", "bits[4]", 0.49);
    genome.setParameter("src/k.ts", "count", -0.4);
    genome.setParameter("src/k.ts", "flag", -7);
    genome.setParameter("src/k.ts", "moves[1]", 1.7);
    genome.setParameter("src/k.ts", "rule", Infinity);
    genome.setParameter("src/k.ts", "sizes[0]", 2.5);
    genome.setParameter("src/k.ts", "weights[0]", 0.1);
  });
  assertEquals(values, {
    bits: [0, 0, 0, 1, 0],
    count: 0,
    flag: 0,
    moves: [2, 2],
    rule: 1,
    sizes: [3, 10, 10],
    weights: [0.1],
  });
});

Deno.test("GenomeEditor.setList() sets all elements, as setParameter() would, and list() gives them", () => {
  const numbers = fc.array(fc.double(), { minLength: 3, maxLength: 3 });
  fc.assert(fc.property(numbers, (values) => {
    fc.pre(values.every((value) => !Number.isNaN(value)));
    let read: readonly number[] = [];
    const whole = edited((genome) => {
      genome.setList("src/k.ts", "sizes", values);
      genome.setParameter("src/k.ts", "flag", 0);
      read = genome.list("src/k.ts", "sizes");
    });
    const each = edited((genome) => {
      genome.setParameter("src/k.ts", "flag", 0);
      values.forEach((value, at) => genome.setParameter("src/k.ts", `sizes[${at}]`, value));
      assertEquals(values.map((_, at) => genome.parameter("src/k.ts", `sizes[${at}]`)), read);
    });
    assertEquals(whole, each);
    assertEquals(whole.sizes, [...read]);
    assert(Object.isFrozen(read) && read.every((value) => Number.isInteger(value) && value >= 1 && value <= 1e9));
  }));
});

Deno.test("GenomeView reads and writes any genome of a pool with kinds unchanged", () => {
  fc.assert(fc.property(poolsWithGenome, ({ pool, genome }) => {
    const index = new Catalogue(catalogue(pool));
    const text = toBase64(toBytes(genome));
    assertEquals(writeGenotype(readGenotype(text, index), index), text);
  }));
});

Deno.test("GenomeEditor refuses lists of other lengths, and names of numbers and lists for each other", () => {
  const refused: ((genome: GenomeEditor) => void)[] = [
    (genome) => genome.setList("src/k.ts", "sizes", [1, 2]),
    (genome) => genome.setList("src/k.ts", "sizes", [1, 2, 3, 4]),
    (genome) => genome.setList("src/k.ts", "sizes", [1, NaN, 3]),
    (genome) => genome.setList("src/k.ts", "bits", [true] as never),
    (genome) => genome.setList("src/k.ts", "sizes", { length: 3, 0: 1, 1: 1, 2: 1 } as never),
    (genome) => genome.setList("src/k.ts", "sizes", undefined as never),
    (genome) => genome.setList("src/k.ts", "flag", [1]),
    (genome) => genome.list("src/k.ts", "flag"),
    (genome) => genome.list("src/k.ts", "bits[0]"),
    (genome) => genome.list("src/k.ts", "__proto__"),
    (genome) => genome.parameter("src/k.ts", "bits"),
    (genome) => genome.setParameter("src/k.ts", "bits", 1),
    (genome) => genome.setParameter("src/k.ts", "bits[5]", 1),
    (genome) => genome.setParameter("src/k.ts", "bits[-1]", 1),
    (genome) => genome.setParameter("src/k.ts", "bits[01]", 1),
    (genome) => genome.setParameter("src/k.ts", "flag[0]", 1),
    (genome) => genome.setParameter("src/k.ts", "flag", true as never),
  ];
  for (const edit of refused) {
    const changed = decided((genome) => void assertThrows(() => edit(genome), RangeError), {
      pool: kinds,
      genome: kindGenome({ sizes: [1, 2, 3] }),
    });
    assertEquals(changed, null);
  }
});

Deno.test("before end, the list in a file that is off is what the genome itself says", () => {
  const seen: unknown[] = [];
  const look = ({ genome }: GeneContext) => {
    seen.push(genome.list("src/k.ts", "bits"), genome.parameter("src/k.ts", "bits[1]"));
    seen.push(genome.parameters("src/k.ts").map(({ name, min, max }) => [name, min, max]));
  };
  evaluate(
    madeAgent({
      "sense src/x.ts#look": (context) => context.step === 0 && context.episode === 0 ? look(context) : undefined,
    }),
    madeRequest({ pool: kinds, genome: kindGenome({ bits: [0, 7], flag: 0.5 }, false) }),
  );
  assertEquals(seen, [[0, 7], 7, [["bits[0]", 0, 0], ["bits[1]", 7, 7], ["flag", 0.5, 0.5]]]);
});
