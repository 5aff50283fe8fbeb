import { encode } from "@std/msgpack";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { toBytes } from "../../lib/runtime/genome_bytes.ts";
import { decodeGenome } from "../../lib/genome/codec.ts";
import { sha256 } from "../../lib/util/hash.ts";
import { genomes } from "./made_pool.ts";

const file = { path: "src/a.ts", active: true, functions: { run: true }, parameters: { rate: 0.5 } };

const hashOf = (genome: Parameters<typeof toBytes>[0]) => sha256(toBytes(genome));

Deno.test("decodeGenome() gives back any genome", () => {
  fc.assert(fc.property(genomes, (genome) => {
    const decoded = decodeGenome(toBytes(genome));
    assert(decoded.ok, JSON.stringify(decoded));
    assertEquals(toBytes(decoded.value), toBytes(genome));
  }));
});

Deno.test("decodeGenome() gives an issue or a genome for any bytes, and never throws", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.json().map((text) => encode(JSON.parse(text)))),
      (bytes) => {
        const decoded = decodeGenome(bytes);
        if (!decoded.ok) assert(decoded.issue.code.startsWith("genome."));
      },
    ),
    { numRuns: 2000 },
  );
});

const shapes: readonly (readonly [string, unknown, string])[] = [
  ["another version", { version: 2, files: [] }, "version"],
  ["a list", [], ""],
  ["no files", { version: 1 }, "files"],
  ["an unknown field", { version: 1, files: [], extra: 1 }, ""],
  ["an unknown field of a file", { version: 1, files: [{ ...file, extra: 1 }] }, "files.0"],
  ["a path outside", { version: 1, files: [{ ...file, path: "../../etc/passwd" }] }, "files.0.path"],
  ["an absolute path", { version: 1, files: [{ ...file, path: "/src/a.ts" }] }, "files.0.path"],
  ["a path with a line feed", { version: 1, files: [{ ...file, path: "src/a.ts\n" }] }, "files.0.path"],
  ["a flag that is a number", { version: 1, files: [{ ...file, active: 1 }] }, "files.0.active"],
  ["a flag that is a text", { version: 1, files: [{ ...file, functions: { run: "true" } }] }, "files.0.functions.run"],
  ["NaN", { version: 1, files: [{ ...file, parameters: { rate: NaN } }] }, "files.0.parameters.rate"],
  ["infinity", { version: 1, files: [{ ...file, parameters: { rate: Infinity } }] }, "files.0.parameters.rate"],
  [
    "a text for a parameter",
    { version: 1, files: [{ ...file, parameters: { rate: "1" } }] },
    "files.0.parameters.rate",
  ],
  [
    "a flag for a parameter",
    { version: 1, files: [{ ...file, parameters: { rate: true } }] },
    "files.0.parameters.rate",
  ],
  ["an empty list", { version: 1, files: [{ ...file, parameters: { bits: [] } }] }, "files.0.parameters.bits"],
  ["a list in a list", { version: 1, files: [{ ...file, parameters: { bits: [[1]] } }] }, "files.0.parameters.bits"],
  ["a text in a list", { version: 1, files: [{ ...file, parameters: { bits: [1, "a"] } }] }, "files.0.parameters.bits"],
  ["NaN in a list", { version: 1, files: [{ ...file, parameters: { bits: [NaN] } }] }, "files.0.parameters.bits"],
  [
    "too many numbers",
    { version: 1, files: [{ ...file, parameters: { rate: 1, bits: new Array(4096).fill(0) } }] },
    "files.0.parameters",
  ],
  [
    "a name that is code",
    { version: 1, files: [{ ...file, functions: { "a } from 'x'; //": true } }] },
    "files.0.functions",
  ],
  ["a file twice", { version: 1, files: [file, file] }, "files"],
  [
    "too many files",
    { version: 1, files: Array.from({ length: 513 }, (_, i) => ({ ...file, path: `src/f${i}.ts` })) },
    "files",
  ],
  [
    "too many functions",
    {
      version: 1,
      files: [{ ...file, functions: Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`f${i}`, true])) }],
    },
    "files.0.functions",
  ],
];

for (const [what, value, place] of shapes) {
  Deno.test(`decodeGenome() refuses ${what}`, () => {
    const decoded = decodeGenome(encode(value));
    assert(!decoded.ok);
    assertEquals(decoded.issue.code, "genome.shape");
    assertStringIncludes(decoded.issue.path ?? "", place);
    assert(!decoded.issue.message.includes("\n"));
  });
}

Deno.test("hashOf() does not depend on order", async () => {
  const b = { ...file, path: "src/b.ts" };
  assertEquals(await hashOf({ version: 1, files: [file, b] }), await hashOf({ version: 1, files: [b, file] }));
});
