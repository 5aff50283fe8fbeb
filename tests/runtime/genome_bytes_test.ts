import { decode, encode } from "@std/msgpack";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { byteLimits, BytesError, fromBytes, toBytes } from "../../lib/runtime/genome_bytes.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { genomes } from "../genome/made_pool.ts";

Deno.test("toBytes() gives bytes from which fromBytes() gets the same genome", () => {
  fc.assert(fc.property(genomes, (genome) => {
    const files = genome.files.toSorted((a, b) => a.path < b.path ? -1 : 1);
    assertEquals(
      JSON.parse(JSON.stringify(fromBytes(toBytes(genome)))),
      JSON.parse(JSON.stringify({ ...genome, files })),
    );
  }));
});

Deno.test("toBytes() gives equal bytes for equal genomes in any order", () => {
  const reversed = <T>(record: Record<string, T>) => Object.fromEntries(Object.entries(record).reverse());
  fc.assert(fc.property(genomes, (genome) => {
    const files = genome.files.toReversed().map((file) => ({
      parameters: reversed(file.parameters),
      functions: reversed(file.functions),
      active: file.active,
      path: file.path,
    }));
    assertEquals(toBytes({ files, version: 1 }), toBytes(genome));
  }));
});

Deno.test("toBytes() gives MessagePack that another library decodes", () => {
  fc.assert(fc.property(genomes, (genome) => {
    const files = genome.files.toSorted((a, b) => a.path < b.path ? -1 : 1);
    assertEquals(JSON.stringify(sorted(decode(toBytes(genome)))), JSON.stringify(sorted({ ...genome, files })));
  }));
});

Deno.test("fromBytes() decodes what another library encodes", () => {
  fc.assert(fc.property(genomes, (genome) => {
    const bytes = encode(genome);
    if (bytes.length > byteLimits.size) return;
    assertEquals(JSON.stringify(fromBytes(bytes)), JSON.stringify(decode(bytes)));
  }));
});

Deno.test("fromBytes() decodes numbers of four bytes", () => {
  fc.assert(fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
    const bytes = new Uint8Array([0x91, 0xca, 0, 0, 0, 0]);
    new DataView(bytes.buffer).setFloat32(2, value);
    assertEquals(fromBytes(bytes), [value]);
    assertEquals(decode(bytes), [value]);
  }));
});

Deno.test("fromBytes() throws nothing but BytesError, whatever the bytes", () => {
  const check = (bytes: Uint8Array) => {
    try {
      fromBytes(bytes);
    } catch (error) {
      assert(error instanceof BytesError, String(error));
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check), { numRuns: 3000 });
  const flips = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 });
  fc.assert(
    fc.property(genomes, flips, fc.nat(), (genome, edits, cut) => {
      const bytes = toBytes(genome);
      for (const [at, value] of edits) bytes[at % bytes.length] = value;
      check(bytes.slice(0, cut % (bytes.length + 1)));
    }),
    { numRuns: 500 },
  );
});

Deno.test("fromBytes() refuses every truncation", () => {
  const bytes = toBytes(sample());
  for (let length = 0; length < bytes.length; length++) assertCode("genome.truncated", bytes.slice(0, length));
});

Deno.test("fromBytes() names what is wrong", () => {
  const valid = toBytes(sample());
  assertCode("genome.size", new Uint8Array(byteLimits.size + 1));
  assertCode("genome.trailing", new Uint8Array([...valid, 0]));
  assertCode("genome.depth", new Uint8Array(60_000).fill(0x91));
  assertCode("genome.depth", new Uint8Array(60_000).fill(0x81));
  assertCode("genome.truncated", new Uint8Array([0xdd, 0xff, 0xff, 0xff, 0xff]));
  assertCode("genome.truncated", new Uint8Array([0xdf, 0xff, 0xff, 0xff, 0xff, ...new Uint8Array(64)]));
  assertCode("genome.text", new Uint8Array([0xdb, 0x7f, 0xff, 0xff, 0xff]));
  assertCode("genome.text", new Uint8Array([0xa2, 0xc3, 0xa4]));
  assertCode("genome.format", new Uint8Array([0xc1]));
  assertCode("genome.format", new Uint8Array([0x81, 0xa2, 0x61, 0x74, 0xd6, 0xff, 0, 0, 0, 0]));
  assertCode("genome.format", encode({ bytes: new Uint8Array(3) }));
  assertCode("genome.key", new Uint8Array([0x81, 0x01, 0x02]));
  assertCode("genome.repeated", new Uint8Array([0x82, 0xa1, 0x61, 0x01, 0xa1, 0x61, 0x02]));
});

Deno.test("fromBytes() refuses keys that every object inherits", () => {
  for (const key of ["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "__defineGetter__"]) {
    const text = new TextEncoder().encode(key);
    assertCode("genome.key", new Uint8Array([0x81, 0xa0 | text.length, ...text, 0x80]));
  }
  assertEquals(Object.keys(Object.prototype), []);
});

Deno.test("toBytes() refuses what no genome holds", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    assertThrows(() => toBytes(sample(value)), BytesError, "finite");
  }
  const deep = { version: 1, files: [{ path: "src/a.ts", active: true, functions: { a: [[[[]]]] }, parameters: {} }] };
  assertThrows(() => toBytes(deep as unknown as Genome), BytesError, "nested");
  const many = Array.from({ length: 9000 }, (_, i) => ({ path: `src/f${i}.ts` }));
  assertThrows(() => toBytes({ version: 1, files: many } as unknown as Genome), BytesError, "at most");
});

function sample(rate = 0.5): Genome {
  return {
    version: 1,
    files: [{ path: "src/a.ts", active: true, functions: { run: true, stop: false }, parameters: { rate, n: -70000 } }],
  };
}

function assertCode(code: string, bytes: Uint8Array): void {
  const error = assertThrows(() => fromBytes(bytes), BytesError);
  assertEquals(error.code, code);
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([key, item]) => [key, sorted(item)]),
  );
}

Deno.test("toBytes() and fromBytes() work once the globals of the host are gone", async () => {
  const module = new URL("../../lib/runtime/genome_bytes.ts", import.meta.url);
  const genome = JSON.stringify(sample(1 / 3));
  const script = `const { toBytes, fromBytes } = await import(${JSON.stringify(module.href)});
    const say = console.log;
    for (const name of ["DataView", "ArrayBuffer", "TextEncoder", "TextDecoder", "Set"]) delete globalThis[name];
    for (const one of [Object, Array, String, Number]) { Object.freeze(one); Object.freeze(one.prototype); }
    delete Object.getPrototypeOf(Uint8Array.prototype).buffer;
    Object.freeze(Object.getPrototypeOf(Uint8Array.prototype));
    say(JSON.stringify(fromBytes(toBytes(${genome}))));`;
  const { stdout, stderr } = await new Deno.Command("deno", { args: ["eval", script], env: { NO_COLOR: "1" } })
    .output();
  assertEquals(new TextDecoder().decode(stderr), "");
  const file = sample(1 / 3).files[0]!;
  assertEquals(JSON.parse(new TextDecoder().decode(stdout)), { version: 1, files: [file] });
});
