import { assert, assertArrayIncludes, assertEquals } from "@std/assert";
import { blocks, read } from "../docs_pages.ts";
import { isChildRecord } from "../../lib/records/schemas.ts";
import { type Declaration, declarations } from "./declarations.ts";
import { namesOf, pages, recordsOf, renewed } from "./page.ts";

const all = await declarations();
const records = recordsOf(all);

Deno.test("the tables of records and events are those of lib/records", async () => {
  const bare = (text: string) => text.replace(/-{3,}/g, "---").replace(/\s+/g, " ").trim();
  for (const page of pages) {
    const fresh = "deno run -A tests/records/page.ts && deno fmt docs/records.md docs/hooks.md";
    const text = await read(page);
    assertEquals(bare(text), bare(renewed(text, all)), `make it anew: ${fresh}`);
  }
});

Deno.test("docs/records.md has a table of each type of record, and each is one that a step may emit", async () => {
  const [told, union] = [namesOf(await read("docs/records.md")), await read("lib/records/records.ts")];
  assertEquals(told.filter((name) => name.includes(".")).sort(), [...records.keys()].sort());
  for (const { name } of records.values()) {
    assert(new RegExp(`\\b(?:Agent)?${name}\\b`).test(union), `StepRecord must have ${name}`);
  }
});

Deno.test("docs/records.md shows samples that have the fields of their type, and that a chain can read", async () => {
  for (const line of (await blocks("docs/records.md", "ndjson")).join("").trimEnd().split("\n")) {
    const { type, step: _, id: _id, ok: _ok, issue: _issue, ...rest } = JSON.parse(line);
    const fields = fieldsOf(type, rest);
    assertArrayIncludes(fields.map(({ name }) => name), Object.keys(rest), line);
    const needed = fields.filter(({ isOptional }) => !isOptional).map(({ name }) => name);
    assertArrayIncludes(Object.keys(rest), needed, line);
    assert(isChildRecord(JSON.parse(line)), line);
  }
});

function fieldsOf(type: string, { event }: { readonly event?: string }): Declaration["fields"] {
  const { name, fields } = records.get(type)!;
  if (name !== "Explained") return fields;
  const fact = [...all.values()].find(({ name, values }) => name.endsWith("Fact") && values.includes(event!))!;
  return [...fields, ...fact.fields, { name: "event", isOptional: false, type: "string", meaning: "" }];
}

Deno.test("what is no record is not read as one", () => {
  const record = { type: "step.finished", id: null, ok: true };
  const issue = { code: "a", message: "b", path: "c" };
  const counts = { updates: 1, built: 2 };
  const whole = { ...record, id: "d", counts, durations: { total: 1 }, configured: "e", conditions: "f", other: {} };
  for (const right of [record, whole, { ...record, issue: { ...issue, issue, findings: [issue, issue] } }]) {
    assert(isChildRecord(right), JSON.stringify(right));
  }
  const wrongFields = [
    { type: 1 },
    { id: 1 },
    { id: undefined },
    { ok: 1 },
    { counts: [] },
    { counts: { a: 1 } },
    { counts: { ...counts, built: "2" } },
    { durations: { total: null } },
    { configured: 1 },
    { conditions: 1 },
    { issue: null },
    { issue: { code: "a" } },
    { issue: { ...issue, code: 1 } },
    { issue: { ...issue, path: 1 } },
    { issue: { ...issue, issue: {} } },
    { issue: { ...issue, findings: [issue, {}] } },
    { issue: { ...issue, findings: {} } },
  ];
  for (const wrong of [null, 7, [], {}, ...wrongFields.map((fields) => ({ ...record, ...fields }))]) {
    assert(!isChildRecord(wrong), JSON.stringify(wrong));
  }
});

Deno.test("every field of a record says what it means", () => {
  const silent = [...records.values()].flatMap(({ name, fields }) =>
    fields.filter(({ meaning }) => meaning === "").map((field) => `${name}.${field.name}`)
  );
  assertEquals(silent, []);
});
