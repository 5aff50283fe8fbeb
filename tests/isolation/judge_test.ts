import { assertEquals } from "@std/assert";
import { readVerdict } from "../../lib/isolation/judge.ts";

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
