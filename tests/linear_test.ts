/**
 * Readers of untrusted bytes: their time grows in proportion to what they read. Those of source text are tried in
 * `tests/source/linear_test.ts`.
 */

import { assert, assertEquals } from "@std/assert";
import { repeatedKey } from "../lib/util/json_keys.ts";
import { Printed } from "../lib/util/printed.ts";
import { LineClient } from "../lib/isolation/line_client.ts";
import { lastErrorLine, shownText } from "../lib/util/text.ts";
import { readStat } from "../lib/isolation/residents/processes.ts";
import { readIds } from "../lib/step/stdin.ts";
import { decoders } from "./fuzz/decoders/all.ts";
import { disproportion } from "./proportion.ts";

/** What is in the middle is repeated to the length that is asked for. */
type Shape = readonly [before: string, middle: string | ((index: number) => string), after: string];

const token = "0123456789abcdef0123456789abcdef";
const reply = (memory: string, outbox = "[") =>
  `{"version":1,"token":"${token}","evidence":[[0],[0]],"genome":null,` +
  `"memory":${memory}${outbox === "[" ? "" : outbox}`;

/** Shapes that are tried on each decoder. */
const common: Readonly<Record<string, Shape>> = {
  "blanks": ["", " ", ""],
  "line feeds": ["", "\n", ""],
  "quotes": ["", '"', ""],
  "backslashes in a text": ['"', "\\\\", '"'],
  "brackets": ["", "[", ""],
  "braces": ["", '{"a":', ""],
  "numbers": ["[", "1,", "1]"],
  "a number": ["", "1", ""],
  "keys": ["{", (i) => `"k${i}":1,`, '"z":1}'],
  "equal keys": ["{", '"k":1,', '"z":1}'],
  "keys of prototypes": ["{", '"__proto__":1,', '"z":1}'],
  "zeros": ["", "\0", ""],
  "escape sequences": ["", "\x1b[", ""],
  "open titles": ["", "\x1b]8;;", ""],
  "marks of direction": ["", "\u202e", ""],
  "records": ["", (i) => `{"id":"a${i}"}\n`, ""],
};

/** Shapes of one decoder alone. */
const own: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  reply: {
    "memory": [reply("["), (i) => `["src/a.ts","k${i}",1],`, '["src/a.ts","z",1]],"outbox":[]}\n'],
    "mail": [reply('[],"outbox":[', ""), '{"address":0,"body":[1]},', '{"address":0,"body":[1]}]}\n'],
    "evidence": [
      `{"version":1,"token":"${token}","evidence":[[`,
      "1,",
      '1],[0]],"genome":null,"memory":[],"outbox":[]}\n',
    ],
  },
  error: {
    "a detail": [
      `{"version":1,"token":"${token}","evidence":[],"error":{"code":"crash","message":"m","detail":"`,
      "d",
      '"}}\n',
    ],
  },
  verdict: {
    "measures": [
      `{"token":"${token}","ok":true,"judgements":[{"score":1,"measures":{`,
      (i) => `"m${i.toString(36)}":1,`,
      '"z":1}},{"score":1,"measures":{}}]}',
    ],
  },
  manifest: {
    "files": [
      '{"format":"evolve-backup","version":1,"files":[',
      (i) => `{"path":"artifacts/${i.toString(16).padStart(64, "0")}.js","size":1,"sha256":"${"ab".repeat(32)}"},`,
      "{}]}",
    ],
  },
  configuration: {
    "weights": ['{"fitness":{"weights":{', (i) => `"m${i}":1,`, '"z":1}}}'],
    "unknown keys": ['{"fitness":{', (i) => `"m${i}":1,`, '"z":1}}'],
    "hooks": ['{"hooks":[', '{"command":["a"]},', '{"command":["a"]}]}'],
    "modules": ['{"fitness":{"module":"plugins/', "a/", 'a.ts"}}'],
  },
};

/** Base size of a text in characters. From 32,000 brackets on V8 takes ten times as long for each. */
const sizes: Readonly<Record<string, number>> = { text: 500 };

function made([before, middle, after]: Shape, size: number): Uint8Array {
  const parts: string[] = [before];
  for (let length = 0, i = 0; length < size; i++) {
    const part = typeof middle === "string" ? middle : middle(i);
    parts.push(part);
    length += part.length;
  }
  return new TextEncoder().encode([...parts, after].join(""));
}

for (const [name, load] of Object.entries(decoders)) {
  if (name === "source") continue;
  Deno.test(`reading takes time in proportion to the bytes: ${name}`, async () => {
    const { decode } = await load();
    for (const [shape, parts] of Object.entries({ ...common, ...own[name] })) {
      const measured = await disproportion(decode, (size) => made(parts, size), sizes[name] ?? 4000);
      assertEquals(measured, undefined, shape);
    }
  });
}

const texts: Readonly<Record<string, (text: string) => unknown>> = {
  shownText: (text) => shownText(text),
  lastErrorLine: (text) => lastErrorLine(new TextEncoder().encode(text)),
  readStat: (text) => readStat(text, "boot"),
  repeatedKey: (text) => repeatedKey(text),
};

const ofTexts: Readonly<Record<string, Shape>> = {
  ...common,
  "brackets of a program's name": ["1 (", ")", ") S 1 1"],
  "imports": ["", 'from "./a.ts";\n', ""],
  "open imports": ["", 'from ".', ""],
  "blanks after a word": ["from", " ", ""],
};

for (const [name, read] of Object.entries(texts)) {
  Deno.test(`reading takes time in proportion to the text: ${name}()`, async () => {
    for (const [shape, parts] of Object.entries(ofTexts)) {
      const make = (size: number) => new TextDecoder().decode(made(parts, size));
      assertEquals(await disproportion(read, make, 64_000), undefined, shape);
    }
  });
}

/** Readers that are handed a line in pieces. */
const pieces: Readonly<Record<string, (count: number) => unknown>> = {
  "readIds()": (count) => readIds(ReadableStream.from(Array.from({ length: count }, () => new Uint8Array([32])))),
  "Printed": (count) => {
    const printed = new Printed(() => {});
    for (let i = 0; i < count; i++) printed.push("a");
    printed.end();
  },
};

for (const [name, read] of Object.entries(pieces)) {
  Deno.test(`reading takes time in proportion to the pieces that a line comes in: ${name}`, async () => {
    assertEquals(await disproportion(read, (size) => size, 8000), undefined);
  });
}

Deno.test("reading takes time in proportion to the pieces that an answer comes in: LineClient", async () => {
  const script =
    "echo ready; read -r count; i=0; while [ $i -lt $count ]; do printf %s aaaaaaaa; i=$((i+1)); done; echo";
  const read = async (count: number) => {
    const options = { timeoutMs: 600_000, answerLength: 1e8, attempts: 1 };
    await using client = new LineClient({ program: "/bin/sh", args: ["-c", script] }, options);
    assertEquals((await client.ask(`${count}`)).line?.length, 8 * count);
  };
  assertEquals(await disproportion(read, (size) => size, 5000), undefined);
});

Deno.test("disproportion() tells what grows with the square from what does not", async () => {
  const work = (steps: number) => {
    let sum = 0;
    for (let i = 0; i < steps; i++) sum = (sum * 31 + i) | 0;
    return sum;
  };
  assert(await disproportion((size: number) => work(size * size), (size) => size, 2500) !== undefined);
  assertEquals(await disproportion((size: number) => work(size * 1000), (size) => size, 1500), undefined);
  assertEquals(
    await disproportion((size: number) => work(size * Math.log2(size) * 99), (size) => size, 1500),
    undefined,
  );
});
