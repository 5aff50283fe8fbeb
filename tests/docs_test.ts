import { eventTypes } from "../lib/records/events.ts";
import { outcomes } from "../lib/records/outcome.ts";
import { assert, assertArrayIncludes, assertEquals } from "@std/assert";
import { configJsonSchema, parseConfig } from "../lib/run/config_check.ts";
import { projectRoot } from "../lib/run/paths.ts";
import { readPool } from "../lib/template/read_pool.ts";
import { audit } from "../lib/source/audit.ts";
import { blocks, filesIn, filesOf, headings, pages, read, tables, toldIn } from "./docs_pages.ts";
import { NamedRun } from "./pipelines/named_run.ts";

const manifest: {
  readonly imports: Record<string, string>;
  readonly tasks: Record<string, unknown>;
  readonly permissions: Record<string, unknown>;
} = JSON.parse(await read("deno.json"));

Deno.test("README.md tells of every task", async () => {
  assertArrayIncludes(await toldIn("README.md"), Object.keys(manifest.tasks));
});

Deno.test("README.md begins with the two commands that need nothing but npx", async () => {
  const lines = (await blocks("README.md", "sh")).flatMap((code) => code.trimEnd().split("\n"));
  assertEquals(lines.slice(0, 2), ["npx -y deno@2.9.6 task start", "npx -y deno@2.9.6 task test"]);
});

Deno.test("pages: links lead to files and headings that are there", async () => {
  for (const page of pages) {
    const folder = page.slice(0, page.lastIndexOf("/") + 1);
    for (const [, target] of (await read(page)).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path, heading] = target!.split("#") as [string, string?];
      const text = await read(folder + path).catch(() => undefined);
      assert(text !== undefined, `${page} leads to ${target}`);
      if (heading !== undefined) assertArrayIncludes(headings(text), [heading], `${page} leads to ${target}`);
    }
  }
});

Deno.test("pages: every JSON example is a valid configuration", async () => {
  for (const page of pages) for (const code of await blocks(page, "json")) parseConfig(code, page);
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

function keysOf(schema: Schema, above = ""): { key: string; schema: Schema }[] {
  return Object.entries(schema.properties ?? {}).filter(([name]) => name !== "$schema").flatMap(([name, inner]) => {
    const key = above + name;
    if (inner.properties) return keysOf(inner, `${key}.`);
    return [{ key, schema: inner }, ...keysOf(inner.items ?? {}, `${key}[].`)];
  });
}

Deno.test("docs/configuration.md lists every key with its default and range", async () => {
  const [table] = await tables("docs/configuration.md");
  const told = table!.slice(1), found = keysOf(configJsonSchema() as Schema);
  assertEquals(told.map(([key]) => key), found.map(({ key }) => key));
  found.forEach(({ key, schema }, row) => {
    const [, otherwise, range] = told[row]!;
    if (schema.default !== undefined) assertEquals(otherwise, JSON.stringify(schema.default), key);
    const bounds = [schema.minimum, schema.exclusiveMinimum, schema.maximum].filter((bound) => bound !== undefined);
    assertArrayIncludes(range!.split(/[ ,]+/), bounds.map(String), key);
  });
});

Deno.test("docs/records.md shows every type of record that the code writes", async () => {
  const shown = new Set<string>();
  for (const line of (await blocks("docs/records.md", "ndjson")).join("").trimEnd().split("\n")) {
    const { type, step, id, ok, issue } = JSON.parse(line);
    shown.add(type);
    assert(Object.hasOwn(manifest.permissions, step), line);
    assert(id === null || typeof id === "string", line);
    assert(ok || typeof issue.code === "string", line);
  }
  const written = new Set<string>();
  for (const path of ["lib", "pipelines", "bench"].flatMap((folder) => filesIn(folder, ".ts"))) {
    const found = (await read(path)).matchAll(/\b(?:type: |each\()"([a-z]+\.[a-z]+)"/g);
    for (const [, type] of found) written.add(type!);
  }
  assertEquals([...shown].sort(), [...written].sort());
});

Deno.test("docs/records.md explains every outcome of an evaluation, docs/hooks.md every event", async () => {
  assertArrayIncludes(await toldIn("docs/records.md"), outcomes);
  assertArrayIncludes(await toldIn("docs/hooks.md"), eventTypes);
});

Deno.test("docs/dependencies.md gives a reason for every import", async () => {
  assertArrayIncludes(await toldIn("docs/dependencies.md"), Object.keys(manifest.imports));
});

Deno.test("docs/security.md tells of every step with a permission set", async () => {
  assertArrayIncludes(await toldIn("docs/security.md"), Object.keys(manifest.permissions));
});

Deno.test("docs/state.md tells of every table of the listing", async () => {
  const text = await read("lib/db/schema.ts");
  assertArrayIncludes(
    await toldIn("docs/state.md"),
    [...text.matchAll(/^CREATE TABLE (\w+)/gm)].map(([, name]) => name!),
  );
});

Deno.test("docs/genes.md: the audit refuses what it is said to refuse, and for that", async () => {
  const [top, inside, ...others] = (await tables("docs/genes.md")).filter(([head]) => head![0] === "refused");
  assertEquals(others, []);
  const within = (text: string) => `export function gene(context: never, x: any, list: any): void {\n${text}\n}\n`;
  for (const [text, code] of top!.slice(1)) assertRefused(`${text}\n`, code!);
  for (const [text, code] of inside!.slice(1)) assertRefused(within(text!), code!);
});

function assertRefused(text: string, code: string): void {
  const codes = audit("src/a.ts", text).map((issue) => issue.code);
  assertArrayIncludes(codes, [code], text);
}

Deno.test("docs/genes.md: its gene file fits into the default template", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/src`);
    for (const path of filesIn("agent_template", ".ts")) {
      await Deno.copyFile(`${projectRoot}/${path}`, `${folder}/${path.slice("agent_template/".length)}`);
    }
    for (const [path, code] of await filesOf("docs/genes.md")) await Deno.writeTextFile(`${folder}/${path}`, code);
    const file = (await readPool(folder)).files.find(({ path }) => path === "src/compass.ts")!;
    assertEquals(file.functions.map(({ name, phase }) => [name, phase]), [["followSmells", "think"], [
      "turnTo",
      undefined,
    ]]);
    assertEquals(file.parameters.map(({ name }) => name), ["caution", "weight"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("docs/templates.md: its template is born, built, evaluated and earns a score", async () => {
  await using run = await NamedRun.make({ "src/seed.ts": null, "src/walker.ts": null });
  for (const [path, code] of await filesOf("docs/templates.md")) {
    await Deno.writeTextFile(`${run.template}/${path}`, code);
  }
  await Deno.mkdir(run.paths.workspace, { recursive: true });
  await Deno.writeTextFile(run.paths.config, (await blocks("docs/templates.md", "json"))[0]!);
  const { code, stderr } = await run.init("--count", "3", "--active", "1");
  assertEquals(code, 0, stderr);
  for (const step of ["scan", "sync-wiring", "build"]) assertEquals((await run.step(step)).code, 0);
  const evaluated = (await run.step("supervise")).records.filter(({ type }) => type === "agent.evaluated");
  assertEquals(evaluated.map(({ outcome }) => outcome), ["finished", "finished", "finished"]);
  assert(evaluated.some(({ score }) => score as number > 1));
});
