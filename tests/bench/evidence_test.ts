import { assertEquals } from "@std/assert";
import { armNames } from "../../lib/steps/compare/arms.ts";
import { defaultTemplate } from "../../bench/evidence/default_template.ts";
import { readRuns, readSelection, readTheory } from "../../bench/evidence/files.ts";
import { evidencePage } from "../../bench/evidence/page.ts";
import { read } from "../docs_pages.ts";

const runs = readRuns(defaultTemplate.name);

Deno.test("docs/evidence has a run of each arm for each seed, within the budget that was fixed", () => {
  const expected = Array.from({ length: defaultTemplate.seeds }, (_, i) => armNames.map((arm) => [arm, `${i + 1}`]));
  assertEquals(runs.map(({ arm, seed }) => [arm, seed]), expected.flat());
  assertEquals(runs.filter(({ episodes }) => episodes > defaultTemplate.budget), []);
});

Deno.test("docs/evidence.md says what the raw results say", async () => {
  const bare = (text: string) => text.replace(/-{2,}:?/g, "--").replace(/\s+/g, " ").trim();
  assertEquals(
    bare(await read("docs/evidence.md")),
    bare(evidencePage(readTheory(), readSelection(), runs)),
    "make it anew: deno task prove --page",
  );
});
