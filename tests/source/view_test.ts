import { assertEquals, assertMatch } from "@std/assert";
import { audit } from "../../lib/source/audit.ts";
import { readSource } from "../../lib/source/facts.ts";

const view = "export function view(state: { n: number }) {\n  return [];\n}\n";

Deno.test("view.ts: the line of view, and the area that is declared, are read", async () => {
  const area = "export const area = { x: -1, y: 0.5, width: 4, height: 3 } as const;\n";
  const whole = await readSource("view.ts", area + view);
  assertEquals(whole.ok && whole.value.view, { line: 2, area: { x: -1, y: 0.5, width: 4, height: 3 } });
  const bare = await readSource("view.ts", `${view}export function helper() {}\nexport type A = 1;\n`);
  assertEquals(bare.ok && [bare.value.view, bare.value.functions], [{ line: 1 }, []]);
  for (const text of [area + view, view]) assertEquals(audit("view.ts", text), []);
});

Deno.test("view.ts: what would have no effect, or can't be used, is refused with file and line", async () => {
  const wrong: [string, RegExp][] = [
    [
      "export function views() {\n  return [];\n}\n",
      /view\.ts:1: a view must export the function view: it exports views/,
    ],
    ["function view() {}\n", /must export the function view\.$/],
    [`${view}export const Area = 3;\n`, /view\.ts:4: a view can export no constant but area: it exports Area/],
    [`${view}export const area = 3;\n`, /view\.ts:4: area must be a literal record/],
    [`${view}export const area = { x: 0, y: 0, width: 0, height: 1 };\n`, /width and height of at least 1e-9/],
    [
      `${view}export const area = { x: 0, y: 0, w: 1, h: 1 };\n`,
      /area must be a literal record \{ x, y, width, height \}/,
    ],
    [`${view}export const area = { x: 0, y: 0, width: 1e13, height: 1 };\n`, /finite numbers/],
    [
      `${view}const n = 3;\nexport const area = { x: 0, y: 0, width: n, height: 1 };\n`,
      /view\.ts:5: it must be a literal/,
    ],
  ];
  for (const [text, why] of wrong) {
    const read = await readSource("view.ts", text);
    assertMatch(read.ok ? "it was read" : read.issue.message, why);
    assertEquals(!read.ok && read.issue.code, "source.view");
  }
});

Deno.test("view.ts: it imports types of the contract and the world, and nothing else", () => {
  const found = (line: string) => audit("view.ts", `${line}\n${view}`).map(({ message }) => message);
  assertEquals(found('import type { Shape } from "evolve/contract";'), []);
  assertEquals(found('import type { State } from "./world.ts";'), []);
  assertMatch(found('import { act } from "./world.ts";')[0]!, /only types can be imported/);
  assertMatch(
    found('import { f } from "./src/a.ts";')[0]!,
    /types of evolve\/contract and \.\/world\.ts: it imports from/,
  );
  assertMatch(
    audit("world.ts", 'import type { A } from "./view.ts";\n')[0]!.message,
    /a world imports nothing but types/,
  );
});
