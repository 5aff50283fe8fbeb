import { assert, assertArrayIncludes, assertEquals } from "@std/assert";
import { causeOf, causes } from "../lib/records/cause.ts";
import { tables } from "./docs_pages.ts";
import { issueCodes } from "./issue_codes.ts";

const page = "docs/errors.md";
const codes = await issueCodes();
const [table] = await tables(page);
const rows = table!.slice(1);

Deno.test("docs/errors.md has a row for every code that the source gives, and no other", () => {
  const told = rows.map(([code]) => code!);
  const missing = [...codes].filter(([code]) => !told.includes(code)).map(([code, path]) => `${code} (${path})`);
  assertEquals(missing, [], `Write a row into ${page} for each: causes, what it means, what to do.`);
  assertEquals(told.filter((code) => !codes.has(code)), [], `Remove these rows from ${page}: no code is so any more.`);
  assertEquals(told, [...new Set(told)].sort(), `Rows of ${page} stand in the order of the codes, each once.`);
});

Deno.test("docs/errors.md names causes, the recorded one among them, a meaning and what to do", () => {
  for (const [code, said, meaning, todo] of rows) {
    const named = said!.split(", ");
    assertArrayIncludes([...causes, "user"], named, code);
    const recorded = causeOf(code!.replace("*", "x"));
    if (recorded) assert(named.includes(recorded), `${code} is recorded as ${recorded}, which ${page} must name`);
    assert(meaning !== "" && todo !== "", code);
  }
});

Deno.test("issueCodes() finds what is given directly, by parameter, by choice and in part", () => {
  const some = ["config.invalid", "genome.truncated", "doctor.left", "audit.global", "evaluation.*", "plugin.missing"];
  assertArrayIncludes([...codes.keys()], some);
});
