import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Cell, ofIdeal } from "../../bench/scaling/cell.ts";
import { scalingSvg } from "../../bench/scaling/chart.ts";
import { readScaling, readScalingPart } from "../../bench/scaling/files.ts";
import { heading, withScaling } from "../../bench/scaling/page.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { read } from "../docs_pages.ts";
import { natsServer } from "../evaluators/nats.ts";

Deno.test("ofIdeal() is 1 where evaluators never wait, and what loops takes its limit at two of them", () => {
  const cell: Cell = { ms: 100, evaluators: 4, evaluations: 80, looping: 0, seconds: 2 };
  assertEquals(ofIdeal(cell), 1);
  assertEquals(ofIdeal({ ...cell, seconds: 4 }), 0.5);
  assertEquals(ofIdeal({ ...cell, evaluations: 84, looping: 4, seconds: 4 }), 1);
});

Deno.test("the chart has all that was measured, and a colour for the dark of each colour", () => {
  const cell = { evaluations: 10, looping: 0, seconds: 1 };
  const svg = scalingSvg([1, 10].flatMap((ms) => [1, 4].map((evaluators) => ({ ms, evaluators, ...cell }))), "");
  for (const label of ["1 ms", "1 ms, ideal", "10 ms", "10 ms, ideal"]) assertStringIncludes(svg, `>${label}</text>`);
  const [, style, drawn] = svg.match(/<style>(.*)<\/style>([^]*)/)!;
  const used = new Set([...drawn!.matchAll(/(fill|stroke)="(#[^"]*)"/g)].map(([, name, color]) => [name, color]));
  assert(used.size > 0);
  for (const [name, color] of used) assertStringIncludes(style!, `[${name}="${color}"]`);
});

Deno.test("withScaling() renews its part of the page, and nothing else", () => {
  const part = (text: string) => `${heading}\n\n${text}\n`;
  const added = withScaling("# Performance\n\nwords\n", part("old"));
  assertEquals(added, `# Performance\n\nwords\n\n${part("old")}`);
  assertEquals(withScaling(added, part("new")), `# Performance\n\nwords\n\n${part("new")}`);
  const between = withScaling(`${added}\n## Left out\n\n- x\n`, part("new"));
  assertEquals(between, `# Performance\n\nwords\n\n${part("new")}\n## Left out\n\n- x\n`);
});

Deno.test("page and chart are what was measured last comes to", async () => {
  // The formatter has changed spaces and line ends.
  const bare = (text: string) => text.replaceAll(/[\s-]+/g, " ");
  const { cells, at } = readScaling()!;
  assertStringIncludes(bare(await read("docs/performance.md")), bare(readScalingPart()!));
  const svg = await read("docs/evaluators.svg");
  const [, words] = svg.match(/<desc id="description">(.*)<\/desc>/)!;
  assert(words!.startsWith(at.slice(0, 10)));
  assertEquals(svg, scalingSvg(cells.filter(({ looping }) => looping === 0), words!));
});

Deno.test("bench/evaluators.ts measures, with what loops and without, and keeps nothing of a part", {
  ignore: natsServer === undefined,
}, async () => {
  const kept = await read("docs/performance.md");
  const flags = ["--agents", "30", "--ms", "1", "--evaluators", "2", "--looping", "10"];
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", "bench/evaluators.ts", ...flags],
    cwd: projectRoot,
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  const cells = new TextDecoder().decode(stdout).trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals(cells.map(({ ms, evaluators, evaluations }) => [ms, evaluators, evaluations]), [[1, 2, 30], [
    10,
    16,
    30,
  ]]);
  assertEquals(cells[0].looping, 0);
  for (const { seconds, ofIdeal } of cells) assert(seconds > 0 && ofIdeal > 0 && ofIdeal <= 1, String(ofIdeal));
  // Each of them took its limit.
  assert(cells[1].looping === 0 || cells[1].seconds >= 1);
  assertEquals(await read("docs/performance.md"), kept);
});
