import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { resolve } from "node:path";
import { projectRoot } from "../../lib/run/paths.ts";
import { activeGenes, activeNames } from "../../lib/genome/active.ts";
import type { Pool } from "../../lib/genome/pool.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { parseSource } from "../../lib/source/parse.ts";
import { child, children, keyOf } from "../../lib/source/syntax.ts";
import { manifest, wire } from "../../lib/wiring/wiring.ts";
import { madeFile, madePool, ofEachKind, poolsWithGenome } from "../genome/made_pool.ts";

const pool = madePool(
  madeFile("src/a.ts", { go: { phase: "act" }, value: {}, see: { phase: "sense" } }),
  madeFile("src/b.ts", { go: { phase: "act" } }),
);
const everything: Genome = {
  version: 1,
  files: [
    { path: "src/a.ts", active: true, functions: { go: true, value: true, see: false }, parameters: { rate: 0.5 } },
    { path: "src/b.ts", active: true, functions: { go: true }, parameters: { gain: -1, rate: 1e-7 } },
  ],
};

Deno.test("wire() lists the active genes by phase, with the parameters of their file", () => {
  assertEquals(
    wire(everything, pool).mod,
    `// Generated from genome.bin by \`deno task sync-wiring\`, which overwrites what is edited here.

import type { Wiring } from "evolve/contract";
import { go as gene0 } from "./a.ts";
import { go as gene1 } from "./b.ts";

const parameters0 = { "rate": 0.5 };
const parameters1 = { "gain": -1, "rate": 1e-7 };

export const wiring = {
  phases: {
    "act": [
      { name: "src/a.ts#go", run: gene0, parameters: parameters0 },
      { name: "src/b.ts#go", run: gene1, parameters: parameters1 },
    ],
  },
  active: [
    "src/a.ts#go",
    "src/a.ts#value",
    "src/b.ts#go",
  ],
} satisfies Wiring;
`,
  );
});

Deno.test("wire() writes booleans, the names of choices, and lists that are frozen", () => {
  const kinds = madePool(madeFile("src/a.ts", { go: { phase: "act" } }, ofEachKind));
  const parameters = {
    bits: [0, 1, 1, 0, 0],
    count: -3,
    flag: 0,
    moves: [2, 1],
    rule: 1,
    sizes: [1, 2, 1e9],
    weights: [0.25],
  };
  const { mod, body } = wire(
    { version: 1, files: [{ path: "src/a.ts", active: true, functions: { go: true }, parameters }] },
    kinds,
  );
  const line =
    'const parameters0 = { "bits": Object.freeze([false,true,true,false,false]), "count": -3, "flag": false, ' +
    '"moves": Object.freeze(["c","b"]), "rule": "second", "sizes": Object.freeze([1,2,1000000000]), ' +
    '"weights": Object.freeze([0.25]) };\n';
  assertStringIncludes(mod, line);
  assertStringIncludes(body, line);
});

Deno.test("wire() makes main.ts import the runtime first", () => {
  const { main } = wire(everything, pool);
  const imports = main.split("\n").filter((line) => line.startsWith("import"));
  assertStringIncludes(imports[0]!, '"evolve/runtime"');
  assertStringIncludes(imports[1]!, '"../world.ts"');
});

Deno.test("wire() gives code that parses, and imports just the active genes that have a phase", () => {
  fc.assert(
    fc.property(poolsWithGenome, ({ pool, genome }) => {
      const { mod } = wire(genome, pool);
      assertEquals(wire(structuredClone(genome), pool).mod, mod);
      const parsed = parseSource("src/mod.ts", mod);
      assert(parsed.ok);
      const imported = children(parsed.value.program, "body").filter((node) => node.type === "ImportDeclaration").slice(
        1,
      )
        .flatMap((node) =>
          children(node, "specifiers").map((one) =>
            `src/${keyOf(child(node, "source"))!.slice(2)}#${keyOf(child(one, "imported"))}`
          )
        );
      const called = activeGenes(genome, pool).filter((gene) => gene.phase !== undefined);
      assertEquals(imported.sort(), called.map((gene) => `${gene.file}#${gene.function}`).sort());
      for (const name of activeNames(genome, pool)) assertStringIncludes(mod, JSON.stringify(name));
    }),
  );
});

Deno.test("wire() lists nothing for a genome without active genes", () => {
  const { mod } = wire({ version: 1, files: [] }, pool);
  assertStringIncludes(mod, "phases: {},\n  active: [],");
});

const attacks = ["a } from 'x'; //", "a\nb", "a*/b", "${a}", "a`b", "a-b", "1a", "ä", "", "a\u2028b", '"', "a b"];

Deno.test("wire() throws rather than write a name that is no identifier into code", () => {
  for (const attack of attacks) {
    const named = (change: { gene?: string; path?: string; phase?: string }): Pool =>
      madePool(madeFile(change.path ?? "src/a.ts", { [change.gene ?? "go"]: { phase: change.phase ?? "act" } }));
    const genomeOf = (path: string, gene: string, parameters: Record<string, number> = {}): Genome => ({
      version: 1,
      files: [{ path, active: true, functions: { [gene]: true }, parameters }],
    });
    assertThrows(() => wire(genomeOf("src/a.ts", attack), named({ gene: attack })), TypeError);
    assertThrows(() => wire(genomeOf(attack, "go"), named({ path: attack })), TypeError);
    assertThrows(
      () => wire(genomeOf(`src/${attack}/../x.ts`, "go"), named({ path: `src/${attack}/../x.ts` })),
      TypeError,
    );
    assertThrows(() => wire(genomeOf("src/a.ts", "go"), named({ phase: attack })), TypeError);
    assertThrows(() => wire(genomeOf("src/a.ts", "go", { [attack]: 1 }), named({})), TypeError);
  }
});

Deno.test("wire() throws rather than write a number that is not finite into code", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    const genome = structuredClone(everything);
    genome.files[0]!.parameters["rate"] = value;
    assertThrows(() => wire(genome, pool), TypeError, "finite");
  }
});

Deno.test("manifest() names the agent and finds the runtime from its folder", () => {
  const id = "00000000-0000-8000-8000-000000000000";
  for (
    const folder of [`${projectRoot}/agents/${id}`, `${projectRoot}/runs/other/agents/${id}`, `/elsewhere/agents/${id}`]
  ) {
    const text = manifest(folder, id);
    const { name, imports } = JSON.parse(text);
    assertEquals(name, `@evolve/agent-${id}`);
    assertEquals(resolve(folder, imports["evolve/contract"]), `${projectRoot}/lib/runtime/contract.ts`);
    assertEquals(manifest(folder, id), text);
  }
  assertThrows(() => manifest(`${projectRoot}/agents/x`, "x"), TypeError);
});
