import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  askedLine,
  batchText,
  keyOf,
  MessageError,
  readBatch,
  readReplies,
  type Replied,
  repliesLines,
  repliesText,
} from "../../lib/evaluators/protocol.ts";
import type { EvaluationRequest } from "../../lib/isolation/request.ts";
import { requestOf } from "../../lib/evaluators/requests.ts";
import { readSharedInputs } from "../../lib/evaluators/shared_inputs.ts";
import { outcomes } from "../../lib/records/outcome.ts";

const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const json = fc.jsonValue().map((value) => JSON.stringify(value));
const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });

const requests: fc.Arbitrary<EvaluationRequest> = fc.record({
  id: fc.uuid(),
  kind: fc.constantFrom("judged" as const, "gestation" as const),
  cycle: fc.nat(),
  artifact: fc.record({ artifact: hash, genome: hash, bytes }),
  memory: json,
  chosen: fc.option(fc.dictionary(fc.string(), fc.nat()).map((one) => JSON.stringify(one)), { nil: undefined }),
  expected: fc.record({
    token: fc.stringMatching(/^[0-9a-f]{32}$/),
    episodes: fc.nat(100),
    addresses: fc.nat(64),
    genomeBytes: fc.constant(65_536),
  }),
  steps: fc.nat(),
}).map(({ memory, ...rest }) => ({
  ...rest,
  own: `{"genome":"${rest.artifact.bytes.toBase64()}","memory":${memory}}`,
  common: "",
  limits: shared.limits,
  verified: false,
  alone: false,
}));

const program = (name: string) => ({ name, artifact: "b".repeat(64), signature: "c2ln" });
const poolHash = "a".repeat(64);
const shared = {
  version: 1,
  runtime: "r",
  world: "w",
  policy: "p",
  limits: { memoryMiB: 64, cpuSeconds: 4, wallSeconds: 0.5, outputKiB: 64, descriptors: 64 },
  pool: { hash: poolHash, worldHash: "w", files: [], world: {} },
  worldsJson: "[1]",
  poolJson: '{"files":[]}',
  kit: program(`kit:${poolHash}`),
  all: program(`pool:${poolHash}`),
  data: { ...program(`data:${poolHash}`), cost: { ms: 1, memoryMiB: 2 } },
};

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** Whatever it is given, it is read, or refused by a MessageError. */
function refusesOrReads(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
  }
}

Deno.test("readBatch() and requestOf() give what askedLine() and batchText() were given", async () => {
  await fc.assert(fc.asyncProperty(fc.array(requests, { minLength: 1, maxLength: 4 }), hash, async (all, name) => {
    const lines = await Promise.all(all.map((one) => askedLine(one, "c2ln", name)));
    const batch = readBatch(batchText(name, lines));
    assertEquals([batch.version, batch.shared, batch.evaluations.length], [1, name, all.length]);
    for (const [i, asked] of batch.evaluations.entries()) {
      const { common: _, limits: __, ...rest } = all[i]!;
      const { common, limits, ...read } = requestOf(asked, readSharedInputs(bytesOf(shared)));
      assertEquals({ chosen: undefined, ...read }, { ...rest });
      assertEquals([asked.key, asked.signature], [keyOf(lines[i]!), "c2ln"]);
      assertEquals(limits, shared.limits);
      assertEquals(common, `"worlds":${rest.kind === "judged" ? "[1]" : "[]"},"pool":{"files":[]}`);
    }
  }));
});

Deno.test("equal evaluations with equal shared inputs have equal keys, and no others", async () => {
  await fc.assert(fc.asyncProperty(requests, requests, hash, hash, async (one, other, a, b) => {
    const key = async (request: EvaluationRequest, name: string) => keyOf(await askedLine(request, "c2ln", name));
    assertEquals(await key(one, a), await key(structuredClone(one), a));
    assertEquals(await key(one, a) === await key(one, b), a === b);
    assertEquals(await key(one, a) === await key(other, a), JSON.stringify(one) === JSON.stringify(other));
  }));
});

Deno.test("readReplies() gives what repliesText() was given", () => {
  // What a terminal would obey is taken out of words.
  const words = fc.stringMatching(/^[!-~]{1,40}$/);
  const failures = outcomes.filter((one) => one !== "finished");
  const replied: fc.Arbitrary<Replied> = fc.record({
    key: hash,
    wallMs: fc.nat(1_000_000).map((n) => n / 10),
    came: fc.oneof(
      fc.record({ reply: fc.dictionary(fc.string(), fc.jsonValue()).map((one) => JSON.stringify({ a: 1, ...one })) }),
      fc.record({
        failure: fc.record({
          outcome: fc.constantFrom(...failures),
          message: words,
          detail: words,
          limit: fc.record({
            name: fc.constantFrom("cpuSeconds" as const, "stack" as const),
            value: fc.option(fc.nat()),
            enforcedBy: fc.constantFrom("rlimit" as const, "engine" as const),
          }),
        }, { requiredKeys: ["outcome", "message"] }),
      }),
    ),
  }).map(({ came, ...rest }) => ({ ...rest, ...came }));
  fc.assert(fc.property(fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}[a-z]$/), fc.array(replied), (name, all) => {
    if (all.length === 0) return;
    const sender = { evaluator: name, instance: "a".repeat(64), signature: "c2ln" };
    assertEquals(readReplies(repliesText(sender, repliesLines(all))), { version: 1, ...sender, replies: all });
  }));
});

Deno.test("what is no message is refused by a MessageError, and by nothing else", async () => {
  const anything = fc.oneof(
    fc.string(),
    fc.array(fc.oneof(json, hash, fc.string(), fc.constantFrom("\n", "\t", '{"version":1,"shared":"', '"}'))).map((
      all,
    ) => all.join("")),
  );
  fc.assert(fc.property(anything, (text) => {
    assertThrows(() => readBatch(text), MessageError);
    assertThrows(() => readReplies(text), MessageError);
    assertThrows(() => readSharedInputs(new TextEncoder().encode(text)), MessageError);
  }));
  fc.assert(fc.property(fc.uint8Array(), (all) => refusesOrReads(() => readSharedInputs(all))));
  const inputs = readSharedInputs(bytesOf(shared));
  await fc.assert(fc.asyncProperty(requests, fc.nat(1000), fc.string(), async (request, at, text) => {
    const whole = batchText(poolHash, [await askedLine(request, "c2ln", poolHash)]);
    const changed = whole.slice(0, at) + text + whole.slice(at + 1);
    refusesOrReads(() => readBatch(changed).evaluations.map((asked) => requestOf(asked, inputs)));
  }));
});

Deno.test("readSharedInputs() refuses each member that is not what it must be", () => {
  const names = Object.keys(shared);
  fc.assert(fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
    refusesOrReads(() => readSharedInputs(bytesOf({ ...shared, [name]: value })));
  }));
  const { limits, pool, kit, data } = shared;
  const changes = [
    { version: 2 },
    { world: "other" },
    { policy: "a\nb" },
    { limits: { ...limits, memoryMiB: 1e9 } },
    { limits: { ...limits, cpuSeconds: 0.5 } },
    { limits: { ...limits, filesKiB: 1 } },
    { pool: { ...pool, files: [{}] } },
    { worldsJson: "[" },
    { worldsJson: "{}" },
    { poolJson: "[]" },
    // What is signed as one thing must not stand for another.
    { kit: { ...kit, name: "judge" } },
    { kit: { ...kit, name: shared.all.name } },
    { all: kit },
    { data: { ...data, cost: { ms: -1, memoryMiB: 0 } } },
  ];
  for (const change of changes) assertThrows(() => readSharedInputs(bytesOf({ ...shared, ...change })), MessageError);
});
