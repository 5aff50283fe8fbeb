import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { Misuse } from "../../lib/util/issue.ts";
import { readIds } from "../../lib/step/stdin.ts";
import { begin, fixture, run, TestRun } from "./_run.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const ids = async (...chunks: Uint8Array[]) => [...await readIds(ReadableStream.from(chunks))];

Deno.test("readIds() keeps the ids of records that are ok, in their order, each once", async () => {
  const text = [
    '{"id":"b","ok":true,"more":[1,{"id":"z"}]}',
    "",
    '{"id":null,"type":"step.finished"}',
    '  {"id":"a"}\r',
    '{"id":"c","ok":false}',
    '{"id":"b"}',
    '{"id":"d"}',
  ].join("\n");
  assertEquals(await ids(bytes(text)), ["b", "a", "d"]);
  assertEquals(await ids(bytes(`${text}\n`)), ["b", "a", "d"]);
});

Deno.test("readIds(): a stream may be cut anywhere", async () => {
  const record = fc.record({ id: fc.oneof(fc.string({ maxLength: 20 }), fc.constant(null)), note: fc.string() });
  await fc.assert(
    fc.asyncProperty(fc.array(record), fc.array(fc.nat(200)), async (records, cuts) => {
      const all = bytes(records.map((one) => JSON.stringify(one)).join("\n"));
      const chunks: Uint8Array[] = [];
      let from = 0;
      for (const cut of cuts) chunks.push(all.slice(from, from += cut));
      chunks.push(all.slice(from));
      const wanted = new Set(records.flatMap(({ id }) => id === null ? [] : [id]));
      assertEquals(await ids(...chunks), [...wanted]);
    }),
    { numRuns: 50 },
  );
});

Deno.test("readIds(): a bad line is misuse that names its number and what was expected", async () => {
  const cases: [Uint8Array, string][] = [
    [bytes('{"id":"a"}\nnope\n'), "line 2 of stdin: expected a JSON object"],
    [bytes('\n\n[{"id":"a"}]'), "line 3 of stdin: expected a JSON object"],
    [bytes("7"), "line 1 of stdin: expected a JSON object"],
    [bytes('{"ok":true}'), 'an object with an "id"'],
    [bytes('{"__proto__":{"id":"a"}}'), 'an object with an "id"'],
    [bytes('{"id":7}'), 'an "id" that is'],
    [bytes(`{"id":"${"x".repeat(129)}"}`), 'an "id" that is'],
    [bytes('{"id":"a","ok":1}'), '"ok" to be true or false'],
    [new Uint8Array([0x7b, 0xff, 0x7d]), "text in UTF-8"],
    [bytes("[".repeat(100_000)), "a JSON object"],
  ];
  for (const [input, wanted] of cases) {
    const error = await assertRejects(() => ids(input), Misuse);
    assertStringIncludes(error.message, wanted);
  }
});

Deno.test("readIds() is bounded", async () => {
  const stream = (text: string) => ReadableStream.from([bytes(text)]);
  const limits = { maxLineBytes: 20, maxTotalBytes: 40 };
  await assertRejects(() => readIds(stream('{"id":"abcdefghijklm"}'), limits), Misuse, "at most 20 bytes");
  await assertRejects(() => readIds(stream('{"id":"a"}\n'.repeat(9)), limits), Misuse, "at most 40 bytes in all");
  assertEquals([...await readIds(stream('{"id":"abcdefghij"}\n'), limits)], ["abcdefghij"]);
});

Deno.test("--stdin: a bad line does nothing and exits 2", async () => {
  await using test = new TestRun().list(1);
  const input = `{"id":"${test.ids[0]}"}\n{"id":`;
  const { code, err, records } = await run(fixture("probe_step.ts", "--run", test.name, "--stdin"), input);
  assertEquals([code, records.map((record) => record.type)], [2, ["step.finished"]]);
  assertStringIncludes(err, "line 2");
});

Deno.test("--stdin: unknown ids come out as not ok, known ones are handled", async () => {
  await using test = new TestRun().list(2);
  const input = `{"id":"${test.ids[1]}"}\n{"id":"who"}\n{"id":"${test.ids[0]}","ok":false}\n{"id":null}\n`;
  const { code, records } = await run(fixture("probe_step.ts", "--run", test.name, "--stdin"), input);
  assertEquals(code, 0);
  assertEquals(records.slice(0, -1).map(({ type, id, ok }) => [type, id, ok]), [
    ["agent.unknown", "who", false],
    ["probe.at-work", null, true],
    ["probe.agent", test.ids[1], true],
  ]);
});

Deno.test("--stdin is read to its end before the lock is taken, so a pipe of steps can't block itself", async () => {
  await using test = new TestRun().list(1);
  const piped = begin(fixture("probe_step.ts", "--run", test.name, "--stdin"), new Uint8Array());
  const open = new Deno.Command(Deno.execPath(), {
    args: fixture("probe_step.ts", "--run", test.name, "--stdin"),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  // The one whose stdin stays open holds nothing: another one can work meanwhile.
  assertEquals((await piped.ended).code, 0);
  assertEquals((await run(fixture("probe_step.ts", "--run", test.name))).code, 0);
  await open.stdin.close();
  assertEquals((await open.output()).code, 0);
});
