/** Genomes: the bytes, their shape, and the names in them. */

import { encode } from "@std/msgpack";
import { assert } from "@std/assert";
import fc from "fast-check";
import { byteLimits, toBytes } from "../../../lib/runtime/genome_bytes.ts";
import { decodeGenome } from "../../../lib/genome/codec.ts";
import { fitToPool } from "../../../lib/genome/fit.ts";
import type { Genome } from "../../../lib/runtime/genome_schema.ts";
import { genomesOf, madeFile, madePool, ofEachKind } from "../../genome/made_pool.ts";
import { anyBytes, withBytesChanged, withPartsChanged } from "../changes.ts";
import type { Decoder } from "../decoder.ts";

const pool = madePool(
  madeFile("src/a.ts", { run: { phase: "act" }, stop: {} }),
  madeFile("src/b.ts", { sense: { phase: "sense" }, act: {} }, ofEachKind),
);
const valid = genomesOf(pool);

function encoded(value: unknown): Uint8Array {
  try {
    return encode(value);
  } catch {
    return new Uint8Array();
  }
}

const large: Genome = {
  version: 1,
  files: Array.from({ length: 64 }, (_, file) => ({
    path: `src/file${file}.ts`,
    active: true,
    functions: Object.fromEntries(Array.from({ length: 32 }, (_, gene) => [`function${gene}`, true])),
    parameters: {
      ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`parameter${i}`, i / 3])),
      list: Array.from({ length: 20 }, (_, i) => i % 2),
    },
  })),
};

export const genome: Decoder = {
  decode(bytes) {
    const decoded = decodeGenome(bytes);
    if (!decoded.ok) {
      assert(/^genome\.[a-z]+$/.test(decoded.issue.code) && decoded.issue.message.length < 600);
      return false;
    }
    assert(bytes.length <= byteLimits.size);
    toBytes(decoded.value);
    const fitted = fitToPool(decoded.value, pool, new Set());
    if (fitted.ok) assert(fitted.value.genome.files.length === pool.files.length);
    else assert(/^genome\.(unknown|range)$/.test(fitted.issue.code));
    return true;
  },
  inputs: fc.oneof(
    anyBytes,
    withBytesChanged(valid.map(toBytes)),
    withPartsChanged(valid).map(encoded),
    withBytesChanged(withPartsChanged(valid).map(encoded)),
  ),
  largest: toBytes(large),
};
