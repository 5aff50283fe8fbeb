import { assert, assertEquals, assertThrows } from "@std/assert";
import { fromBytes, toBytes } from "../../lib/runtime/genome_bytes.ts";
import { fromBase64, toBase64 } from "../../lib/runtime/base64.ts";
import type { GeneContext, GenomeEditor, GenomeView } from "../../lib/runtime/contract.ts";
import { evaluate } from "../../lib/runtime/evaluate.ts";
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
  assertEquals(range, { name: "rate", min: 0.75, max: 0.75, default: 0.75, scale: "linear" });
});
