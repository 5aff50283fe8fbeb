import { assertEquals } from "@std/assert";
import { encode } from "@std/msgpack";
import fc from "fast-check";
import { toBytes } from "../../lib/runtime/genome_bytes.ts";
import { Expression } from "../../lib/genome/expression.ts";
import { madePool } from "../steps/report/made_run.ts";
import { madeFile, madePool as poolOf, ofEachKind } from "./made_pool.ts";

const kinds = poolOf(madeFile("src/a.ts", { run: {} }, ofEachKind));

Deno.test("Expression.of() tells active genes from dormant ones, and passes over what the pool does not offer", () => {
  const expression = new Expression(madePool);
  const bytes = toBytes({
    version: 1,
    files: [
      { path: "src/fsm.ts", active: false, functions: { decide: true, mode: false }, parameters: { rate: 0.5 } },
      { path: "src/gone.ts", active: true, functions: { run: true }, parameters: { rate: 1 } },
      { path: "src/rl.ts", active: true, functions: { choose: true, learn: false, gone: true }, parameters: {} },
    ],
  });
  const expressed = expression.of("x", () => bytes)!;
  const names = (on: Uint8Array) => expression.genes.filter((_, i) => on[i] === 1).map((gene) => gene.name);
  assertEquals(names(expressed.genes), ["src/rl.ts#choose"]);
  assertEquals(names(expressed.flags), ["src/fsm.ts#decide", "src/rl.ts#choose"]);
  const known = expression.parameters.filter((_, i) => !Number.isNaN(expressed.parameters[i]));
  assertEquals(known.map((parameter) => parameter.name), ["src/fsm.ts#rate"]);
});

Deno.test("Expression.of() reads the numbers of lists, and passes over those that are no numbers of the pool", () => {
  const expression = new Expression(kinds);
  assertEquals(expression.parameters.slice(0, 6).map(({ name }) => name), [
    ...[0, 1, 2, 3, 4].map((at) => `src/a.ts#bits[${at}]`),
    "src/a.ts#count",
  ]);
  assertEquals(expression.ranges[8]!.name, "moves[1]");
  const parameters = { bits: [1, 0, 1, 1, 0, 1, 1], count: 7, flag: [1], moves: 1, sizes: [1, null, 3] };
  const bytes = encode({ version: 1, files: [{ path: "src/a.ts", active: true, functions: {}, parameters }] });
  const numbers = [...expression.of("x", () => bytes)!.parameters];
  assertEquals(numbers, [1, 0, 1, 1, 0, 7, NaN, NaN, NaN, NaN, 1, NaN, 3, NaN]);
});

Deno.test("Expression.of() decodes each content once", () => {
  const expression = new Expression(madePool);
  let decoded = 0;
  const bytes = () => (decoded++, toBytes({ version: 1, files: [] }));
  for (const hash of ["a", "b", "a", "b"]) expression.of(hash, bytes);
  assertEquals(decoded, 2);
});

Deno.test("Expression.of() never throws, whatever the bytes are", () => {
  const expression = new Expression(madePool);
  const value = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.constant(undefined));
  let n = 0;
  fc.assert(fc.property(value, (bytes) => void expression.of(String(n++), () => bytes)), { numRuns: 2000 });
  const genomes = fc.anything({ maxDepth: 4, withNullPrototype: false }).map((files) => {
    try {
      return toBytes({ version: 1, files } as never);
    } catch {
      return new Uint8Array();
    }
  });
  fc.assert(fc.property(genomes, (bytes) => void expression.of(String(n++), () => bytes)), { numRuns: 2000 });
});
