import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { poolLimits } from "../../lib/runtime/names.ts";
import { examineSource } from "../../lib/source/examine.ts";
import { shapes } from "./_shapes.ts";

/** Milliseconds that a text takes at best of two. */
async function timeOf(text: string): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < 2; i++) {
    const began = performance.now();
    await examineSource("src/a.ts", text);
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

for (const [name, make] of Object.entries(shapes)) {
  Deno.test(`examineSource() takes time in proportion to the length: ${name}`, async () => {
    const size = 4000;
    const tried: string[] = [];
    // What grows with the square takes 16 times as long, each time; the constant is for what takes hardly any time.
    for (let trial = 0; trial < 5; trial++) {
      const [small, large] = [await timeOf(make(size)), await timeOf(make(4 * size))];
      if (large < 9 * small + 15) return;
      tried.push(`${small} ms, and ${large} ms for four times as much`);
    }
    assert(false, tried.join("; "));
  });
}

Deno.test("examineSource() bounds a file by counted tokens and nodes, and tells the count", async () => {
  const tokens = await examineSource("src/a.ts", `const a = [${"a,".repeat(110_000)}];`);
  assertEquals(tokens.issues.map(({ code }) => code), ["source.size"]);
  assertStringIncludes(tokens.issues[0]!.message, `at most ${poolLimits.tokens} tokens: it has 2200`);
  const nodes = await examineSource("src/a.ts", `type A = [${"A,".repeat(49_000)}];const a = {${"a,".repeat(500)}};`);
  assertEquals(nodes.issues.some(({ code }) => code === "source.size"), false);
});

Deno.test("examineSource() bounds how many uses of helpers are followed", async () => {
  const helpers = Array.from({ length: 5000 }, (_, i) => `function h${i}(){h${i + 1}()}`).join("") +
    "function h5000(){}";
  const genes = Array.from({ length: 250 }, (_, i) => `export function g${i}(){h0()}`).join("\n");
  const { issues } = await examineSource("src/a.ts", `${helpers}\n${genes}`);
  assertEquals(issues.map(({ code, path }) => [code, path]), [["source.size", "src/a.ts:201"]]);
});

Deno.test("examineSource() refuses a @phase that reaches no gene, with its line", async () => {
  const texts = [
    "/** @phase act */\nfunction helper() {}\nexport function f() {}",
    "\n// @phase act\nexport function f() {}",
    "/** @phase act */\n/** Acts. */\nexport function f() {}",
    "export function f() {\n  /** @phase act */\n  return 1;\n}",
  ];
  for (const [i, text] of texts.entries()) {
    const { issues } = await examineSource("src/a.ts", text);
    assertEquals(issues.map(({ code, path }) => [code, path]), [["source.phase", `src/a.ts:${[1, 2, 1, 2][i]}`]]);
    assertStringIncludes(issues[0]!.message, "reaches no gene");
  }
});
