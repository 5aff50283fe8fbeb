import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import fc from "fast-check";
import { Misuse } from "../../lib/util/issue.ts";
import { viewPage } from "../../lib/view/page.ts";
import { anyEpisode, anyText } from "./made_shapes.ts";

const page =
  /^<!doctype html>\n<html lang="en">\n<head>\n(?<head>(?:<[^\n]*>\n)*?)<style>(?<style>[^<]*)<\/style>\n<\/head>\n<body>\n<main id="player"><noscript><p>[^<]*<\/p><\/noscript><\/main>\n<script type="application\/json" id="data">(?<data>[^<>&\u2028\u2029]*)<\/script>\n<script>(?<script>.*)<\/script>\n<\/body>\n<\/html>\n$/s;

Deno.test("viewPage() has all that it shows in one block of data that can't end, and runs its own script alone", async () => {
  const scripts = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anyEpisode, anyText, anyText, async (drawn, title, name) => {
      const html = await viewPage([{ name, facts: [[name, title]], drawn }, { name: "b", drawn }], { title });
      const { head, style, data, script } = page.exec(html)!.groups!;
      scripts.add(`${head}${style}${script}`);
      const { episodes } = JSON.parse(data!);
      assertEquals(episodes[0].drawn.frames, drawn.frames);
      assertEquals(episodes[1].drawn.shapes.length, drawn.shapes.length);
    }),
    { numRuns: 25 },
  );
  // Nothing of it stands anywhere else: head, style and script are always the same.
  assertEquals(scripts.size, 1);
  const { head, style, script } = page.exec(await viewPage([], { title: "" }))!.groups!;
  const policy = /content="default-src 'none'; (?<rest>[^"]*)"/.exec(head!)!.groups!.rest!;
  for (const [kind, text] of [["script", script], ["style", style]] as const) {
    assertMatch(policy, new RegExp(`${kind}-src 'sha256-${(await hash(text!)).replaceAll(/[+/]/g, "\\$&")}'`));
  }
  assertEquals(/<\/?script|<!--|innerHTML|eval|Function\(/.test(script!), false);
});

Deno.test("viewPage() refuses more than a page can hold", async () => {
  const text = "x".repeat(200);
  const shapes = Array.from({ length: 2000 }, (_, x) => ({ shape: "text", x, y: 0, text, label: text }) as const);
  const frames = [{ step: 0, shapes: shapes.map((_, place) => place) }];
  const episodes = Array.from({ length: 160 }, () => ({ name: "a", drawn: { shapes, frames } }));
  const { issue } = await assertRejects(() => viewPage(episodes, { title: "" }), Misuse);
  assertEquals(issue.code, "view.size");
  assertMatch(issue.message, /at most 128 MiB: it comes to \d+ MiB\. Choose fewer episodes/);
});

async function hash(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toBase64();
}
