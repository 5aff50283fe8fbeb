import { assert, assertEquals } from "@std/assert";
import { z } from "zod";
import { blocks, read } from "../docs_pages.ts";
import { pipeline, run, TestRun } from "../step/_run.ts";
import { declarations } from "./declarations.ts";
import { recordsSchema, schemaFile } from "./json_schema.ts";
import { recordsOf } from "./page.ts";

const all = await declarations();
const schema = recordsSchema(all);

const made = new Map<string, z.ZodType>();

/** What a record is held to: the part for its type, so that it is seen which field is wrong. */
function schemaOf(type: string): z.ZodType {
  const known = made.get(type);
  if (known) return known;
  const parts = schema.anyOf as { readonly properties: { readonly type: { readonly const: string } } }[];
  const part = parts.find(({ properties }) => properties.type.const === type);
  assert(part, type);
  const found = z.fromJSONSchema({ ...part, $defs: schema.$defs } as never);
  made.set(type, found);
  return found;
}

Deno.test("docs/records.schema.json is made of the records as they are declared", async () => {
  const fresh = `make it anew: deno run -A tests/records/json_schema.ts && deno fmt ${schemaFile}`;
  assertEquals(JSON.parse(await read(schemaFile)), JSON.parse(JSON.stringify(schema)), fresh);
  assertEquals((schema.anyOf as unknown[]).length, recordsOf(all).size);
});

Deno.test("the schema takes every sample of docs/records.md, and none that lacks a field or has another type", async () => {
  const lines = (await blocks("docs/records.md", "ndjson")).join("").trimEnd().split("\n");
  let spoilt = 0;
  for (const line of lines) {
    const record = JSON.parse(line);
    const { success, error } = schemaOf(record.type).safeParse(record);
    assert(success, `${line}: ${error?.message}`);
    for (const [name, value] of Object.entries(record)) {
      // An action is what its world says.
      if (name === "action" || (typeof value !== "number" && typeof value !== "boolean")) continue;
      assert(!schemaOf(record.type).safeParse({ ...record, [name]: [] }).success, `${name} of ${line}`);
      spoilt++;
    }
    const { step: _, ...less } = record;
    assert(!schemaOf(record.type).safeParse(less).success, line);
  }
  assert(lines.length > 50 && spoilt > 100, `${lines.length} samples, ${spoilt} spoilt`);
});

Deno.test("the schema takes what steps write, failures among them", async () => {
  await using test = new TestRun().list(2).list(1, "dead");
  const written = await Promise.all([
    run(pipeline("status", "--run", test.name)),
    run(pipeline("explain", "--run", test.name, test.ids[2]!)),
    run(pipeline("doctor", "--run", test.name, "--check")),
    run(pipeline("runs")),
    run(pipeline("runs", "--remove", "no-such-run")),
  ]);
  const records = written.flatMap(({ records }) => records);
  assert(records.some(({ ok }) => !ok) && records.length > 10);
  for (const record of records) {
    const { success, error } = schemaOf(String(record.type)).safeParse(record);
    assert(success, `${JSON.stringify(record)}: ${error?.message}`);
  }
});
