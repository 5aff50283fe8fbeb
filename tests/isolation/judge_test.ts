import { assert, assertEquals } from "@std/assert";
import { type Case, Judge, readVerdict } from "../../lib/isolation/judge.ts";

const request = { token: "t", episodes: 1 };
const read = (reply: unknown) => readVerdict(JSON.stringify(reply), request);

Deno.test("readVerdict() reads judgements and refusals", () => {
  const judged = { token: "t", ok: true, judgements: [{ score: 2, measures: { steps: 3 } }] };
  const objectives = { score: -2, measures: { gap: 2 }, objectives: [2], violation: 0.5 };
  const minimised = { token: "t", ok: true, judgements: [objectives], answers: [{ tour: [1] }] };
  const refused = { token: "t", ok: false, code: "evidence", message: "no" };
  assertEquals([read(judged), read(minimised), read(refused)] as unknown[], [judged, minimised, refused]);
});

Deno.test("readVerdict() takes nothing else for a reply", () => {
  const wrong = [null, 1, [], {}, { token: "u", ok: false, message: "no" }, { token: "t", ok: false }];
  const whole = { score: 1, measures: {} };
  const broken = [{ violation: -1 }, { violation: "1" }, { objectives: 1 }, { objectives: ["1"] }, {
    objectives: [null],
  }];
  const judgements = [
    ...[[], [null], [1], [{}], [{ score: 1 }], [{ score: 1, measures: 1 }]],
    ...broken.map((one) => [{ ...whole, ...one }]),
  ];
  const more = judgements.map((judgements) => ({ token: "t", ok: true, judgements }));
  for (const reply of [...wrong, ...more]) assertEquals(read(reply), undefined, JSON.stringify(reply));
  for (const line of ["", "{", '{"token":"t","ok":true,"judgements":[{"score":1e999,"measures":{}}]}']) {
    assertEquals(readVerdict(line, request), undefined, line);
  }
});

/** Says of each case which process judged it, and how many that had judged before. */
const script = `echo ready; n=0; while read -r line; do token=\${line#*:\\"}; token=\${token%%\\"*}; echo ` +
  `"{\\"token\\":\\"$token\\",\\"ok\\":true,\\"judgements\\":[{\\"score\\":$$,\\"measures\\":{\\"n\\":$n}}]}"; n=$((n+1)); done`;

const cases = (count: number): Case[] =>
  Array.from(
    { length: count },
    (_, i) => ({ token: `t${i}`, episodes: 1, genes: 0, worlds: "[{}]", evidence: "[[]]" }),
  );

async function judgesOf(cases: readonly Case[], processes: number, inTurn: boolean): Promise<number[]> {
  await using judge = new Judge({ program: "/bin/bash", args: ["-c", script] }, { timeoutMs: 20_000, processes });
  const pid = async (one: Case) => {
    const verdict = await judge.judge(one);
    assert(verdict.ok && verdict.token === one.token, JSON.stringify(verdict));
    return verdict.judgements[0]!.score;
  };
  if (!inTurn) return await Promise.all(cases.map(pid));
  const pids: number[] = [];
  for (const one of cases) pids.push(await pid(one));
  return pids;
}

Deno.test("Judge: a process more is started where those that are there have much to do, and no more than may be", async () => {
  const count = async (...how: Parameters<typeof judgesOf>) => new Set(await judgesOf(...how)).size;
  assertEquals(await count(cases(40), 3, false), 3);
  assertEquals(await count(cases(12), 3, false), 2);
  assertEquals(await count(cases(40), 1, false), 1);
  assertEquals(await count(cases(12), 3, true), 1);
});
