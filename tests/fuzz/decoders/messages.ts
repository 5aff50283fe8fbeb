/** What evaluators and supervisors read of a broker. */

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { presenceText, readPresence } from "../../../lib/evaluators/presence.ts";
import {
  batchText,
  MessageError,
  readBatch,
  readReplies,
  repliesLines,
  repliesText,
} from "../../../lib/evaluators/protocol.ts";
import { requestOf } from "../../../lib/evaluators/requests.ts";
import { readSharedInputs } from "../../../lib/evaluators/shared_inputs.ts";
import { anyBytes, lineOf, withBytesChanged, withPartsChanged } from "../changes.ts";
import { accepts, type Decoder } from "../decoder.ts";

const encoder = new TextEncoder(), decoder = new TextDecoder();
const hash = "ab".repeat(32);
const isDocumented = (error: unknown) => error instanceof MessageError;

const program = (name: string) => ({ name: `${name}:${hash}`, artifact: hash, signature: "c2lnbmVk" });
const file = { path: "src/a.ts", hash, tokens: hash, imports: [], functions: [], parameters: [] };
const inputs = {
  version: 1,
  runtime: hash,
  world: hash,
  policy: "artifact/3",
  limits: { memoryMiB: 64, cpuSeconds: 4, wallSeconds: 20, outputKiB: 64, descriptors: 64 },
  pool: { hash, worldHash: hash, files: [file], world: { steps: 5 } },
  worldsJson: "[{}]",
  poolJson: '{"files":[]}',
  kit: program("kit"),
  all: program("pool"),
  data: { ...program("data"), cost: { ms: 1, memoryMiB: 1 } },
};

/** Shared inputs. */
export const shared: Decoder = {
  decode: (bytes) =>
    accepts(() => {
      const read = readSharedInputs(bytes);
      assertEquals(readSharedInputs(encoder.encode(JSON.stringify(read))), read);
    }, isDocumented),
  inputs: fc.oneof(
    anyBytes,
    withPartsChanged(fc.constant(inputs)).map(lineOf),
    withBytesChanged(fc.constant(lineOf(inputs))),
  ),
  largest: lineOf({ ...inputs, pool: { ...inputs.pool, files: Array(5000).fill(file) } }),
};

const known = readSharedInputs(lineOf(inputs));
const expected = { token: "t", episodes: 3, addresses: 2, genomeBytes: 65_536 };
const asked = {
  id: "a-1",
  kind: "judged",
  cycle: 1,
  artifact: hash,
  genome: hash,
  signature: "c2lnbmVk",
  expected,
  steps: 15,
};
const lineFor = (head: unknown, own: string, chosen = "") => `${hash}\t${JSON.stringify(head)}\t${own}\t${chosen}`;
const own = '{"genome":"gqFh","memory":[]}';
const batches = withPartsChanged(fc.constant(asked)).map((head) =>
  encoder.encode(batchText(hash, [lineFor(asked, own, "{}"), lineFor(head, own)]))
);

/** Batches, and the requests in them. */
export const batch: Decoder = {
  decode: (bytes) =>
    accepts(() => {
      for (const one of readBatch(decoder.decode(bytes)).evaluations) {
        const { expected, common, own } = requestOf(one, known);
        // What a process is given is a line of JSON.
        JSON.parse(`${own.slice(0, -1)},${common}}`);
        assertEquals(Object.keys(expected).length, 4);
      }
    }, isDocumented),
  inputs: fc.oneof(anyBytes, batches, withBytesChanged(batches)),
  largest: encoder.encode(
    batchText(hash, Array(64).fill(lineFor(asked, `{"genome":"gqFh","memory":[${"1,".repeat(10_000)}1]}`))),
  ),
};

const replied = [
  { key: hash, wallMs: 1.5, reply: '{"version":1}' },
  { key: hash, wallMs: 0, failure: { outcome: "crash" as const, message: "It threw." } },
];
const sender = { evaluator: "node-1", instance: "a".repeat(64), signature: "c2ln" };
const replies = fc.constant(encoder.encode(repliesText(sender, repliesLines(replied))));

/** Replies. */
export const repliesOfEvaluators: Decoder = {
  decode: (bytes) =>
    accepts(() => {
      const read = readReplies(decoder.decode(bytes));
      assertEquals(readReplies(repliesText(read, repliesLines(read.replies))).replies.length, read.replies.length);
    }, isDocumented),
  inputs: fc.oneof(anyBytes, withBytesChanged(replies)),
  largest: encoder.encode(repliesText(sender, repliesLines(Array(5000).fill(replied).flat()))),
};

const present = {
  version: 1,
  name: "node-1",
  instance: "b".repeat(64),
  host: "node",
  cores: 8,
  engine: "deno",
  isolation: "shared" as const,
  slots: 8,
  evaluations: 1,
  msPerEvaluation: 1.5,
  since: "2026-01-01T00:00:00.000Z",
};

/** What evaluators say of themselves. */
export const presence: Decoder = {
  decode: (bytes) =>
    accepts(() => {
      const read = readPresence(decoder.decode(bytes));
      assertEquals(readPresence(presenceText(read)), read);
    }, isDocumented),
  inputs: fc.oneof(
    anyBytes,
    withPartsChanged(fc.constant(present)).map(lineOf),
    withBytesChanged(fc.constant(lineOf(present))),
  ),
  largest: lineOf({ ...present, host: "x".repeat(256) }),
};
