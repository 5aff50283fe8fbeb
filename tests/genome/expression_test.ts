import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { toBytes } from "../../lib/runtime/genome_bytes.ts";
import { Expression } from "../../lib/genome/expression.ts";
import { madePool } from "../steps/report/made_run.ts";

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
