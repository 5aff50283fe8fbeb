/** Backups: gzip, tar, manifest, and the order, sizes and hashes of files. */

import { assert } from "@std/assert";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { parseManifest, sizeLimit } from "../../../lib/steps/backup/format.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { manifestOf, readOut, tarOf } from "../../steps/backup/made_archive.ts";
import { anyBytes, lineOf, withBytesChanged, withPartsChanged } from "../changes.ts";
import { accepts, type Decoder } from "../decoder.ts";

const hash = "ab".repeat(32);
const files = [
  { name: "listing.db", text: "a listing" },
  { name: "config.json", text: "{}" },
  { name: `template/${hash}/src/rl.ts`, text: "export const rl = 1;" },
  { name: `artifacts/${hash}.js`, text: "1" },
];
const large = "x".repeat(4_000_000);
const whole = [files.map(({ text }) => text).join(), large];
const tar = await tarOf(files);
const packed = new Uint8Array(gzipSync(tar));
const listed = JSON.parse(await manifestOf(files));
// Fixed blocks, of which some are exchanged, left out or repeated.
const blocks = Array.from({ length: tar.length / 512 }, (_, i) => tar.subarray(i * 512, (i + 1) * 512));
const shuffled = fc.array(fc.nat(blocks.length - 1), { maxLength: 20 }).map((order) =>
  new Uint8Array(order.flatMap((i) => [...blocks[i]!]))
);
const compressed = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes, { level: 1 }));

export const archive: Decoder = {
  async decode(bytes) {
    const read = await readOut(bytes);
    if (typeof read === "string") return false;
    // What is accepted is whole: only times, modes and owners may have been changed.
    assert(whole.includes([...read.values()].join()));
    return true;
  },
  inputs: fc.oneof(
    anyBytes,
    withBytesChanged(fc.constant(packed)),
    withBytesChanged(fc.constant(tar)).map(compressed),
    shuffled.map(compressed),
  ),
  largest: compressed(await tarOf([{ name: "listing.db", text: large }])),
};

const changed = withPartsChanged(fc.constant(listed)).map(lineOf);

export const manifest: Decoder = {
  decode: (bytes) =>
    accepts(() => {
      for (const { path, size } of parseManifest(bytes).files) assert(size <= sizeLimit(path)!);
    }, (error) => error instanceof StepFailed && error.issue.code.startsWith("archive.")),
  inputs: fc.oneof(anyBytes, changed, withBytesChanged(changed)),
  largest: lineOf({
    ...listed,
    files: Array.from({ length: 20_000 }, (_, i) => ({
      path: `artifacts/${i.toString(16).padStart(64, "0")}.js`,
      size: 1,
      sha256: hash,
    })),
  }),
};
