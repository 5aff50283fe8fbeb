// deno-lint-ignore-file no-control-regex -- control characters are what is looked for
import { assert, assertEquals, assertNotMatch } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { collect } from "../../../lib/steps/report/collect.ts";
import { emptyHistory } from "../../../lib/steps/report/history.ts";
import { html } from "../../../lib/steps/report/html.ts";
import { embeddedJson } from "../../../lib/util/embedded_json.ts";
import type { Section } from "../../../lib/tables/section.ts";
import { sections } from "../../../lib/steps/report/sections.ts";
import { text } from "../../../lib/step/sections_text.ts";
import type { Report } from "../../../lib/steps/report/types.ts";
import { madePool, makeRun } from "./made_run.ts";

const hostile = [
  "</script><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "a | b\n\n# heading",
  "[click](javascript:alert(1)) ![x](http://example.org/x.png)",
  "<!-- --> &lt; `code` **bold** \u2028 \u202e \u001b[31m \u009b31m",
  "https://example.org www.example.org me@example.org",
];

async function makeReport(name?: string): Promise<Report> {
  const path = `${await Deno.makeTempDir()}/listing.db`;
  await makeRun(path, { agents: 8, cycles: 2 });
  using listing = Listing.open(path);
  for (const [index, reason] of hostile.entries()) {
    listing.run("UPDATE agents SET status = 'disabled', code = ? WHERE ordinal = ?", reason, index);
  }
  return collect(listing, { run: name, pool: madePool, history: emptyHistory(madePool.hash), at: "2030-01-01" }).report;
}

Deno.test("text() moves no cursor of a terminal", async () => {
  const shown = text(sections(await makeReport(hostile.join(" "))));
  assertNotMatch(shown, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});

Deno.test("html() holds the data in one block that nothing gets out of, and needs nothing else", async () => {
  const report = await makeReport(hostile.join(" "));
  const tables = sections(report);
  const page = await html(report, tables);
  const data = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(page)![1]!;
  assertNotMatch(data, /[<>&\u2028\u2029]/);
  assertEquals(JSON.parse(data).sections, JSON.parse(JSON.stringify(tables)));
  const rest = page.replace(data, "");
  assertEquals(rest.match(/<script/g)!.length, 2);
  assertEquals(rest.match(/<\/script>/g)!.length, 2);
  for (const reason of hostile) assert(!rest.includes(reason));
  assertNotMatch(rest.replace("http://www.w3.org/1999/xhtml", ""), /\b(src|href)\s*=\s*"(?!data:,")|@import|url\(/);
});

Deno.test("html() lets the browser run its own script and style alone", async () => {
  const report = await makeReport();
  const page = await html(report, sections(report));
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!;
  assert(policy.startsWith("default-src 'none'"));
  const part = (tag: string) => new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)![1]!;
  for (const tag of ["script", "style"]) {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(part(tag)));
    assert(policy.includes(`${tag}-src 'sha256-${new Uint8Array(digest).toBase64()}'`), tag);
  }
});

Deno.test("embeddedJson() is the same value", () => {
  const value = { [hostile[0]!]: hostile, number: 1.5, none: null };
  assertEquals(JSON.parse(embeddedJson(value)), value);
});

Deno.test("sections() have as many cells in each row as columns", async () => {
  const tables: Section[] = sections(await makeReport());
  for (const { id, columns, rows } of tables) {
    for (const row of rows) assertEquals(row.length, columns.length, id);
  }
  assertEquals(new Set(tables.map((section) => section.id)).size, tables.length);
});
