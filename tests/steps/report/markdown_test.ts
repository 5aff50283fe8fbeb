import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { Listing } from "../../../lib/db/listing.ts";
import { collect } from "../../../lib/steps/report/collect.ts";
import { emptyHistory } from "../../../lib/steps/report/history.ts";
import { markdown } from "../../../lib/steps/report/markdown.ts";
import type { Section } from "../../../lib/tables/section.ts";
import { sections } from "../../../lib/steps/report/sections.ts";
import { plain } from "../../../lib/tables/show.ts";
import type { Report } from "../../../lib/steps/report/types.ts";
import { madePool, makeRun } from "./made_run.ts";

const encoder = new TextEncoder();

async function made(agents: number, cycles: number, change: (listing: Listing) => void = () => {}): Promise<Report> {
  const folder = await Deno.makeTempDir();
  try {
    await makeRun(`${folder}/listing.db`, { agents, cycles });
    using listing = Listing.open(`${folder}/listing.db`);
    change(listing);
    const options = { run: "made", pool: madePool, history: emptyHistory(madePool.hash), at: "2030-01-01" };
    return collect(listing, options).report;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function written(report: Report): string {
  return markdown(sections(report), report.cycles);
}

/** Words in which no sign means anything to Markdown, HTML or GitHub. */
const harmlessWords = /^(?:[\p{L}\p{N}\p{M} .,;:()%=+/'"–…!?→\u2060-]|&#[0-9]+;)*$/u;
const harmlessCode = /^`[^`|\\<>&@[\]*~{}]+`$/;
const ownCode = /`report\.json`/g;

/** Demands of each line that it is one of a few forms, in which every sign that could mean something is accounted for. */
function demandHarmless(text: string): void {
  let columns = 0, isFenced = false;
  for (const line of text.split("\n")) {
    if (line === "```") isFenced = !isFenced;
    else if (isFenced) assertMatch(line, /^[▁▂▃▄▅▆▇█a-z0-9 .,;'→–-]+$/u);
    else if (line.startsWith("|")) {
      const cells = line.split("|").slice(1, -1).map((cell) => cell.trim());
      if (columns === 0) columns = cells.length;
      assertEquals(cells.length, columns, line);
      for (const cell of cells) assert(/^-+:$|^-+$/.test(cell) || isHarmless(cell), `${cell} in ${line}`);
    } else {
      columns = 0;
      assert(isHarmless(line.replace(/^##? /, "").replace(ownCode, "")), line);
      assert(!/^[-+=>]|^\d+[.)] |^ /.test(line), line);
    }
  }
  assert(!isFenced);
  assert(encoder.encode(text).length < 100_000);
}

function isHarmless(text: string): boolean {
  if (/:\/\/|www\.|mailto:|xmpp:|&#(64|35);(?!\u2060)/i.test(text)) return false;
  return harmlessWords.test(text) || harmlessCode.test(text);
}

/** What somebody reads in a cell. */
function read(cell: string): string {
  const bare = cell.startsWith("`") ? cell.slice(1, -1) : cell;
  return bare.replaceAll("\u2060", "").replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

const hostile = [
  "</script><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "a | b\n\n# heading",
  "[click](javascript:alert(1)) ![x](http://example.org/x.png)",
  "<!-- --> &lt; `code` ``` **bold** \u2028 \u202e \u001b[31m \u009b31m",
  "https://example.org www.example.org me@example.org @team #1 GH-1 org/repo#2 :tada: $x^2$",
  "::error file=a::b",
  "::stop-commands::x",
  "##[set-output name=a]b",
  "\\|",
  "`|`",
  "- [ ] a",
  "1. a",
  "    code",
  "===",
  "\t",
  "",
  "|",
];

const texts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.array(fc.constantFrom(...hostile, "\\", "|", "`", "\n", "\r", "@", "<", "&", "a"), { maxLength: 5 }).map((parts) =>
    parts.join("")
  ),
);

Deno.test("markdown(): whatever texts say, each stays in its cell and means nothing, and can be read there", () => {
  fc.assert(
    fc.property(
      fc.array(texts, { minLength: 1, maxLength: 4 }),
      fc.constantFrom("text", "id", "words"),
      (cells, kind) => {
        const sly = cells[0]!;
        const columns = cells.map((name) => ({ name, kind }) as const);
        const text = markdown([{ id: "a", title: sly, note: sly, columns, rows: [cells] } as Section]);
        demandHarmless(text);
        const rows = text.split("\n").filter((line) => line.startsWith("|"));
        assertEquals(rows.length, 3);
        if (kind === "id") return;
        const shown = rows[2]!.split("|").slice(1, -1).map((cell) => read(cell.trim()));
        const cut = (cell: string) => [...plain(cell).trim()].length > 200;
        for (const [i, cell] of cells.entries()) {
          if (!cut(cell)) assertEquals(shown[i]!.trim(), plain(cell).trim());
        }
      },
    ),
    { numRuns: 3000 },
  );
});

Deno.test("markdown(): a run's own hostile reasons stay in their tables", async () => {
  const report = await made(hostile.length, 2, (listing) => {
    for (const [index, reason] of hostile.entries()) {
      listing.run("UPDATE agents SET status = 'disabled', code = ? WHERE ordinal = ?", reason, index);
    }
  });
  const text = written({ ...report, summary: { ...report.summary, run: hostile.join(" ") } });
  demandHarmless(text);
  const begin = text.split("\n").indexOf("## Disabled now, by reason");
  assertEquals(text.split("\n").slice(begin + 4, begin + 4 + report.disabled.length).length, report.disabled.length);
});

Deno.test("markdown(): of a thousand cycles shows sixty in a chart, twenty in tables, and says so", async () => {
  const report = await made(8, 3);
  const stretched = <T extends { readonly cycle: number }>(items: readonly T[]) =>
    Array.from({ length: 1000 }, (_, i) => ({ ...items[i % items.length]!, cycle: i + 1 }));
  const long = { ...report, cycles: stretched(report.cycles), births: { ...report.births, cycles: [] } };
  const text = written({ ...long, births: { ...report.births, cycles: stretched(report.births.cycles) } });
  demandHarmless(text);
  const lines = text.split("\n");
  for (const name of ["best", "mean", "spread"]) {
    const [line] = lines.filter((one) => one.startsWith(`${name} `));
    assertEquals([...line!].filter((sign) => "▁▂▃▄▅▆▇█".includes(sign)).length, 60);
  }
  assertStringIncludes(text, "cycles 1 to 1000, 60 of 1000 shown, evenly spread");
  assertStringIncludes(text, "(20 of 1000 cycles, evenly spread; report.json has all.)");
  const begin = lines.indexOf("## Scores by cycle");
  const rows = lines.slice(begin + 1).filter((line, i, rest) => line.startsWith("| ") && i < rest.indexOf("", 6));
  assertEquals(rows.length, 20 + 2);
  assertMatch(rows[2]!, /^\| 1 \|/);
  assertMatch(rows.at(-1)!, /^\| 1000 \|/);
});

Deno.test("markdown(): what no summary has room for is named and left out", () => {
  const name = "@<|`\\".repeat(40);
  const columns = Array.from({ length: 8 }, () => ({ name, kind: "text" as const }));
  const wide = (id: number): Section => ({
    id: String(id),
    title: `Table ${id}`,
    note: "",
    columns,
    rows: Array.from({ length: 300 }, () => columns.map(() => name)),
  });
  const text = markdown(Array.from({ length: 12 }, (_, id) => wide(id)));
  demandHarmless(text);
  assertMatch(text, /\(\d+ of 300 rows, the first ones; report\.json has all\.\)/);
  assertMatch(text, /Left out for its length, and in `report\.json`: Table \d+/);
});

Deno.test("markdown() tells the best agent's genes, and what failed by whose fault", async () => {
  const report = await made(12, 3, (listing) => {
    listing.run("UPDATE agents SET status = 'disabled', code = 'template.type' WHERE ordinal = 0");
    listing.run(
      "UPDATE evaluations SET outcome = 'world', score = NULL WHERE cycle = 1 AND agent IN (SELECT id FROM agents WHERE ordinal < 3)",
    );
  });
  const text = written(report);
  demandHarmless(text);
  const [leader] = report.leaders;
  assertStringIncludes(text, `Agent ${leader!.id.slice(0, 8)}, score `);
  assert(leader!.genes!.length > 0 && Object.keys(leader!.parameters!).length > 0);
  for (const gene of leader!.genes!) {
    const [file, own] = gene.split("#");
    assertMatch(text, new RegExp(`^\\| \`${file}\` \\| \`[^|]*\\b${own}\\b[^|]*\` \\| \`rate [0-9.]+\` \\|$`, "m"));
  }
  const worlds = report.outcomes.find(({ name }) => name === "world")!;
  assertEquals(worlds.cause, "template");
  assertStringIncludes(text, `| \`template\` | ${worlds.count} | 1 |`);
  assertStringIncludes(text, `template: evaluations ${worlds.count}, disabled agents 1`);
});

Deno.test("markdown(): of a run without a score, or without a cycle, has no chart; of one cycle one point", async () => {
  const bare = written(await made(4, 0));
  const unscored = written(
    await made(4, 1, (listing) => {
      listing.run("UPDATE evaluations SET score = NULL, outcome = 'world' WHERE kind = 'judged'");
      listing.run("UPDATE agents SET score = NULL, scored_genome_hash = NULL");
      listing.run("UPDATE cycles SET statistics = json_set(statistics, '$.score', json('{}'))");
    }),
  );
  for (const text of [bare, unscored]) {
    demandHarmless(text);
    assert(!text.includes("```"));
  }
  const one = written(await made(4, 1));
  demandHarmless(one);
  assertMatch(one, /^best {3}[▁▂▃▄▅▆▇█] {2}/m);
  assertStringIncludes(one, "cycles 1 to 1;");
});
