/** What an agent's process writes: replies with evidence, genome, memory and mail, and typed errors. */

import { assert } from "@std/assert";
import fc from "fast-check";
import { type Expected, readError, readReply } from "../../../lib/isolation/reply.ts";
import { ReplyError } from "../../../lib/isolation/reply_checks.ts";
import type { AgentReply } from "../../../lib/runtime/contract.ts";
import { anyBytes, lineOf, withBytesChanged, withPartsChanged } from "../changes.ts";
import { accepts, type Decoder } from "../decoder.ts";

const token = "0123456789abcdef0123456789abcdef";
const expected: Expected = { token, episodes: 2, addresses: 3, genomeBytes: 64 * 1024, trace: 4 };
const number = fc.oneof(fc.nat(9), fc.double({ noNaN: true, noDefaultInfinity: true }));
const isDocumented = (error: unknown) => error instanceof ReplyError;

const message = fc.record({ address: fc.nat(2), body: fc.array(number.map((n) => n % 1e12), { maxLength: 16 }) });
const name = fc.string({ maxLength: 8 });
const numbers = fc.oneof(number, fc.array(number, { maxLength: 3 }));
const gene = fc.record({
  gene: name,
  phase: name,
  ms: number,
  votes: fc.array(fc.tuple(fc.nat(3), number), { maxLength: 2 }),
  emitted: fc.array(fc.tuple(name, numbers), { maxLength: 2 }),
  returned: fc.option(numbers),
  draws: fc.nat(9),
}, { requiredKeys: ["gene", "phase", "ms"] });
const step = fc.record({
  episode: fc.nat(1),
  timestep: fc.nat(9),
  perception: fc.dictionary(name, numbers, { maxKeys: 2 }),
  genes: fc.array(gene, { maxLength: 2 }),
  votes: fc.array(number, { maxLength: 3 }),
  action: numbers,
  invalid: fc.constant(true as const),
  reward: number,
}, { requiredKeys: ["episode", "timestep", "perception", "genes"] });
const valid: fc.Arbitrary<AgentReply> = fc.record({
  version: fc.constant(1 as const),
  token: fc.constant(token),
  evidence: fc.array(fc.array(fc.nat(5), { maxLength: 20 }), { minLength: 2, maxLength: 2 }),
  genome: fc.option(fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => bytes.toBase64())),
  memory: fc.array(fc.tuple(fc.constant("src/a.ts"), fc.string({ maxLength: 8 }), number), { maxLength: 4 }),
  outbox: fc.array(message, { maxLength: 4 }),
  trace: fc.array(step, { maxLength: 4 }),
}, { requiredKeys: ["version", "token", "evidence", "genome", "memory", "outbox"] });

function inputsOf(values: fc.Arbitrary<unknown>): fc.Arbitrary<Uint8Array> {
  const changed = withPartsChanged(values).map(lineOf);
  return fc.oneof(anyBytes, changed, withBytesChanged(changed), withBytesChanged(values.map(lineOf)));
}

function demandSound({ evidence, memory, outbox, genome, trace = [] }: AgentReply): void {
  assert(evidence.length === expected.episodes && evidence.flat().every(Number.isFinite));
  assert(memory.every(([file, key, value]) => file.length <= 256 && key.length <= 64 && Number.isFinite(value)));
  assert(trace.length <= 4);
  for (const { perception, genes, action = 0, reward = 0 } of trace) {
    assert([...Object.values(perception), action, reward].flat().every(Number.isFinite));
    for (const { gene, votes = [], emitted = [] } of genes) {
      assert(typeof gene === "string" && votes.flat().every(Number.isFinite));
      assert(emitted.every(([name, value]) => typeof name === "string" && [value].flat().every(Number.isFinite)));
    }
  }
  if (genome !== null) assert(Uint8Array.fromBase64(genome).length <= expected.genomeBytes);
  for (const { address, body } of outbox) {
    assert(Number.isInteger(address) && address >= 0 && address < expected.addresses);
    assert(body.length <= 16 && body.every((value) => Number.isFinite(value) && Math.abs(value) <= 1e12));
  }
}

export const reply: Decoder = {
  decode: (bytes) => accepts(() => demandSound(readReply(bytes, expected)), isDocumented),
  inputs: inputsOf(valid),
  largest: lineOf({
    version: 1,
    token,
    evidence: [Array(250_000).fill(1), Array(200_000).fill(2)],
    genome: new Uint8Array(48_000).toBase64(),
    memory: Array.from({ length: 2000 }, (_, i) => ["src/a.ts", `key${i}`, i]),
    outbox: Array.from({ length: 256 }, () => ({ address: 0, body: Array(16).fill(1.5) })),
  }),
};

const told = fc.record({
  version: fc.constant(1),
  token: fc.constantFrom(token, ""),
  evidence: fc.constantFrom([], [[0, 1]], [[]]),
  error: fc.record({
    code: fc.constantFrom("crash", "stack", "memory", "world", "request"),
    message: fc.string(),
    detail: fc.string(),
  }),
});

export const error: Decoder = {
  decode: (bytes) =>
    accepts(() => {
      const { code, message, detail } = readError(bytes, expected).error;
      assert([code, message, detail].every((text) => typeof text === "string"));
    }, isDocumented),
  inputs: inputsOf(told),
  largest: lineOf({
    version: 1,
    token,
    error: { code: "crash", message: "m", detail: "d".repeat(1_000_000) },
    evidence: [],
  }),
};

/** Mail alone: the only part of a reply that reaches other agents. */
export const mail: Decoder = {
  decode: (bytes) => {
    const line = new TextDecoder().decode(bytes).replaceAll("\n", " ");
    const whole = `{"version":1,"token":"${token}","evidence":[[],[]],"genome":null,"memory":[],"outbox":${line}}\n`;
    return accepts(() => demandSound(readReply(new TextEncoder().encode(whole), expected)), isDocumented);
  },
  inputs: inputsOf(fc.array(message, { maxLength: 6 })),
  largest: lineOf(Array.from({ length: 256 }, () => ({ address: 0, body: Array(16).fill(123456.789) }))),
};
