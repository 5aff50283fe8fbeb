import { assertEquals, assertInstanceOf, assertThrows } from "@std/assert";
import fc from "fast-check";
import { readError, readReply } from "../../lib/isolation/reply.ts";
import { ReplyError } from "../../lib/isolation/reply_checks.ts";

const token = "0123456789abcdef0123456789abcdef";
const expected = { token, episodes: 2, addresses: 3, genomeBytes: 30 };
const good = {
  version: 1,
  token,
  evidence: [[0, 1, 2], []],
  genome: btoa("a genome"),
  memory: [["src/a.ts", "key", 1.5]],
  outbox: [{ address: 2, body: [1, 2, 3] }],
};

function bytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(typeof value === "string" ? value : `${JSON.stringify(value)}\n`);
}

function refused(value: unknown, words: string): void {
  assertThrows(() => readReply(bytes(value), expected), ReplyError, words);
}

Deno.test("readReply() reads what an honest agent writes", () => {
  assertEquals(readReply(bytes(good), expected), good as unknown as ReturnType<typeof readReply>);
  assertEquals(readReply(bytes({ ...good, genome: null, memory: [], outbox: [] }), expected).genome, null);
});

Deno.test("readReply() is one whole line and nothing else", () => {
  const line = JSON.stringify(good);
  refused("", "is missing");
  refused(line, "must end with a line feed");
  refused(`${line}\n${line}\n`, "must be one line");
  refused(`${line}\n\n`, "must be one line");
  refused(`\n${line}\n`, "must be one line");
  refused("{]\n", "must be JSON");
  assertThrows(() => readReply(new Uint8Array([255, 254, 10]), expected), ReplyError, "UTF-8");
});

Deno.test("readReply() is of this request and has just the members that there are", () => {
  refused({ ...good, token: "f".repeat(32) }, "token");
  refused({ ...good, version: 2 }, "version 1");
  refused({ ...good, score: 99 }, "just the members");
  refused(`${JSON.stringify({ ...good, outbox: undefined })}\n`, "just the members");
  refused(JSON.stringify(good).replace('"version"', '"__proto__":{},"version"') + "\n", "just the members");
  for (const value of [null, [], 1, "reply", [good]]) refused(`${JSON.stringify(value)}\n`, "must be an object");
});

Deno.test("readReply() refuses evidence, genome, memory and mail beyond what was agreed", () => {
  refused({ ...good, evidence: [[1]] }, "2 episodes");
  refused({ ...good, evidence: [[1], [1], [1]] }, "at most 2");
  refused({ ...good, evidence: [[1], ["1"]] }, "finite numbers");
  refused(JSON.stringify({ ...good, evidence: [[-77], []] }).replace("-77", "1e999") + "\n", "finite numbers");
  refused({ ...good, genome: "!!!!" }, "base64");
  refused({ ...good, genome: "" }, "base64");
  refused({ ...good, genome: btoa("x".repeat(31 + 2)) }, "at most 30 bytes");
  refused({ ...good, genome: 1 }, "a genome or null");
  refused({ ...good, memory: Array(4097).fill(["a", "b", 1]) }, "at most 4096");
  refused({ ...good, memory: [["a", "k".repeat(65), 1]] }, "longer keys");
  refused({ ...good, memory: [["a", "b", null]] }, "finite numbers");
  refused({ ...good, outbox: [{ address: 3, body: [] }] }, "addresses");
  refused({ ...good, outbox: [{ address: -1, body: [] }] }, "addresses");
  refused({ ...good, outbox: [{ address: 0.5, body: [] }] }, "addresses");
  refused({ ...good, outbox: [{ address: 0, body: Array(17).fill(0) }] }, "at most 16");
  refused({ ...good, outbox: [{ address: 0, body: [1e13] }] }, "beyond");
  refused({ ...good, outbox: Array(257).fill({ address: 0, body: [] }) }, "at most 256");
});

Deno.test("readReply(): any bytes are a reply or a ReplyError", () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc.json().map((text) => bytes(`${text}\n`)),
    fc.record({
      version: fc.constant(1),
      token: fc.constant(token),
      evidence: fc.anything({ maxDepth: 3 }),
      genome: fc.anything(),
      memory: fc.anything({ maxDepth: 3 }),
      outbox: fc.anything({ maxDepth: 3 }),
    }).map(bytes),
  );
  fc.assert(fc.property(anything, (input) => {
    try {
      readReply(input, expected);
    } catch (error) {
      assertInstanceOf(error, ReplyError);
    }
  }));
});

Deno.test("readError() reads a typed error of this request only", () => {
  const error = { code: "stack", message: "m", detail: "d" };
  const evidence: number[][] = [];
  const request = { ...error, code: "request" };
  assertEquals(readError(bytes({ version: 1, token, error, evidence }), expected).error, error as never);
  assertEquals(readError(bytes({ version: 1, token: "", error: request, evidence }), expected).token, "");
  for (
    const told of [
      { token: "" },
      { version: 2 },
      { error: { ...error, code: "finished" } },
      {
        error: { code: "stack" },
      },
      { evidence: [["x"]] },
      { evidence: Array(99).fill([]) },
    ]
  ) {
    assertThrows(() => readError(bytes({ version: 1, token, error, evidence, ...told }), expected), ReplyError);
  }
});

Deno.test("readReply() takes a trace only where one was asked for, and only one that is in order", () => {
  const gene = { gene: "src/a.ts#go", phase: "act", ms: 0.5, votes: [[1, 0.5]], emitted: [["a", [1]]], returned: null };
  const step = { episode: 1, timestep: 0, perception: { at: 1, all: [1, 2] }, genes: [gene], action: 1, reward: 0 };
  const asked = { ...expected, trace: 2 };
  const told = (trace: unknown) => bytes({ ...good, trace });
  assertEquals(readReply(told([step]), asked).trace as unknown, [step]);
  assertThrows(() => readReply(told([step]), expected), ReplyError, "just the members");
  const wrong: [unknown, string][] = [
    [[step, step, step], "at most 2"],
    [{}, "a list"],
    [[{ ...step, episode: 2 }], "count"],
    [[{ ...step, timestep: -1 }], "count"],
    [[{ ...step, more: 1 }], "just the members"],
    [[{ ...step, perception: [1] }], "an object"],
    [[{ ...step, perception: { at: "1" } }], "finite numbers"],
    [[{ ...step, reward: null }], "finite numbers"],
    [[{ ...step, action: "left" }], "finite numbers"],
    [[{ ...step, invalid: false }], "invalid"],
    [[{ ...step, genes: [{ ...gene, gene: "x".repeat(513) }] }], "names"],
    [[{ ...step, genes: [{ ...gene, ms: "1" }] }], "finite numbers"],
    [[{ ...step, genes: [{ ...gene, votes: [[1]] }] }], "pairs"],
    [[{ ...step, genes: [{ ...gene, emitted: [[1, 1]] }] }], "names"],
    [[{ ...step, genes: [{ ...gene, draws: -1 }] }], "count"],
  ];
  for (const [trace, words] of wrong) assertThrows(() => readReply(told(trace), asked), ReplyError, words);
  const error = { version: 1, token, evidence: [], error: { code: "crash", message: "m", detail: "" } };
  assertEquals(readError(bytes({ ...error, trace: [step] }), asked).trace as unknown, [step]);
  assertThrows(() => readError(bytes({ ...error, trace: [step] }), expected), ReplyError, "just the members");
});
