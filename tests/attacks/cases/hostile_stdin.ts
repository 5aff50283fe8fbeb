import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { Misuse } from "../../../lib/util/issue.ts";
import { readIds } from "../../../lib/step/stdin.ts";

export default outside({
  goal: "End a step, or fill its memory, by what it reads from a pipe.",
  way: "A line without an end, bytes that are no UTF-8, a number for an id, lists within each other.",
  layer: "decoding",
  expect: stops("stdin.line"),
  async run() {
    const encoder = new TextEncoder();
    const hostile = [
      function* () {
        for (;;) yield encoder.encode("x".repeat(65536));
      },
      function* () {
        yield new Uint8Array([0xff, 0xfe, 10]);
      },
      function* () {
        yield encoder.encode('{"id":{"toString":1}}\n');
      },
      function* () {
        yield encoder.encode(`${"[".repeat(500_000)}\n`);
      },
      function* () {
        yield encoder.encode('{"__proto__":{"id":"a"}}\n');
      },
    ];
    const codes: string[] = [];
    for (const chunks of hostile) {
      const ids = await readIds(ReadableStream.from(chunks())).catch((error) => error);
      codes.push(ids instanceof Misuse ? ids.issue.code : `${ids}`);
    }
    return { succeeded: codes.some((code) => code !== "stdin.line"), how: codes.join() };
  },
});
