import { assert, assertEquals } from "@std/assert";
import { givenGenome } from "../../lib/agents/given_genome.ts";
import type { Pool } from "../../lib/genome/pool.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { toBytes } from "../../lib/runtime/genome_bytes.ts";

const pool: Pick<Pool, "files"> = {
  files: [{
    path: "src/a.ts",
    hash: "",
    tokens: "",
    imports: [],
    lines: 1,
    functions: [],
    parameters: [
      { name: "rate", min: 0, max: 1, default: 0.5, scale: "linear" },
      { name: "bits", min: 0, max: 1, default: 0, scale: "linear", kind: "boolean", length: 2 },
      { name: "move", min: 0, max: 1, default: 0, scale: "linear", kind: "choice", options: ["swap", "turn"] },
    ],
  }],
};

const shown = {
  type: "agent.shown",
  genes: [{ gene: "src/a.ts#go", phase: "act", source: "" }, { gene: "src/b.ts#see" }],
  parameters: { "src/a.ts": { rate: 0.25, bits: [true, false], move: "turn" } },
};
const genome: Genome = {
  version: 1,
  files: [
    { path: "src/a.ts", active: true, functions: { go: true }, parameters: { rate: 0.25, bits: [1, 0], move: 1 } },
    { path: "src/b.ts", active: true, functions: { see: true }, parameters: {} },
  ],
};

function given(text: string) {
  return givenGenome(new TextEncoder().encode(text), pool);
}

Deno.test("givenGenome() reads what show gives in each of its forms, and bytes", () => {
  const end = { type: "step.finished", id: null, ok: true };
  for (
    const text of [
      JSON.stringify(shown),
      JSON.stringify([shown, end]),
      `${JSON.stringify(shown)}\n${JSON.stringify(end)}\n`,
      JSON.stringify({ genes: shown.genes, parameters: shown.parameters }),
    ]
  ) {
    assertEquals(given(text), { ok: true, value: genome });
  }
  assertEquals(givenGenome(toBytes(genome), pool), { ok: true, value: genome });
});

Deno.test("givenGenome() says what is wrong with a file that is no genome", () => {
  const wrong: [string, string][] = [
    ["", "decode"],
    ["[", "no JSON"],
    ["{}", "no record `agent.shown`"],
    ['{"genes":[]}', "parameters"],
    ["[null, 1]", "no record `agent.shown`"],
    [JSON.stringify({ ...shown, genes: 1 }), "genes"],
    [JSON.stringify({ ...shown, parameters: { "src/a.ts": { move: "jump" } } }), "src/a.ts:move must be a number"],
    [JSON.stringify({ ...shown, parameters: { "src/a.ts": { rate: {} } } }), "parameters.src/a.ts.rate"],
  ];
  for (const [text, words] of wrong) {
    const result = given(text);
    assert(!result.ok && result.issue.message.includes(words), JSON.stringify(result));
  }
});
