/**
 * Makes the tables of records in `docs/records.md` and of events in `docs/hooks.md` anew; what stands around them is
 * written by hand.
 *
 * `deno run -A tests/records/page.ts && deno fmt docs/records.md docs/hooks.md`
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";
import { type Declaration, declarations, type Field } from "./declarations.ts";

/** The pages that have such tables. */
export const pages = ["docs/records.md", "docs/hooks.md"] as const;

/** What stands between `<!-- NAME … -->` and `<!-- end -->`; types of records with the same fields share a table. */
const block = /(<!-- ([\w. ]+) -->\n)(.*?)(<!-- end -->\n)/gs;

/** A page with its tables as the declarations are now. */
export function renewed(page: string, all: ReadonlyMap<string, Declaration>): string {
  return page.replaceAll(block, (_, begin: string, names: string, _former, end: string) => {
    return `${begin}\n${made(names.split(" "), all)}\n${end}`;
  });
}

/** What the tables of a page are of, in their order. */
export function namesOf(page: string): string[] {
  return [...page.matchAll(block)].flatMap(([, , names]) => names!.split(" "));
}

/** All records, by type. */
export function recordsOf(all: ReadonlyMap<string, Declaration>): ReadonlyMap<string, Declaration> {
  const records = [...all.values()].filter(({ recordType }) => recordType !== undefined);
  return new Map(records.map((record) => [record.recordType!, record]));
}

function made(names: readonly string[], all: ReadonlyMap<string, Declaration>): string {
  const [name] = names;
  if (name === "events") return events(all);
  if (name === "facts") return facts(all);
  if (name === "types") return types(all);
  const records = recordsOf(all);
  const told = names.map((type) => `- \`${type}\`: ${records.get(type)!.meaning}\n`).join("");
  const fields = new Map(names.flatMap((type) => records.get(type)!.fields).map((field) => [field.name, field]));
  return fields.size === 0 ? told : `${told}\n${fieldTable([...fields.values()])}`;
}

function fieldTable(fields: readonly Field[]): string {
  return table(
    ["field", "type", "meaning"],
    fields.map((field) => [shownName(field), code(field.type), field.meaning]),
  );
}

/** What each event tells. */
function events(all: ReadonlyMap<string, Declaration>): string {
  const rows = all.get("EventData")!.fields.map(({ name, type }) => {
    const { meaning, fields } = all.get(type)!;
    return [code(name), meaning, list(fields)];
  });
  return table(["event", "when", "`data`"], rows);
}

/** What `explain` tells besides `reason`. */
function facts(all: ReadonlyMap<string, Declaration>): string {
  const rows = [...all.values()].filter(({ name }) => name.endsWith("Fact") && name !== "Fact").map(
    ({ values, meaning, fields }) => [values.map(code).join(", "), meaning, list(fields)],
  );
  return table(["`event`", "what it tells", "besides `reason`"], rows);
}

/** The types that fields of records and events name, with those that these name. */
function types(all: ReadonlyMap<string, Declaration>): string {
  const used = new Set<string>();
  const take = (fields: readonly Field[]) => {
    for (const [name] of fields.flatMap(({ type }) => [...type.matchAll(/\b[A-Z]\w+/g)])) {
      const found = all.get(name);
      if (!found || used.has(name)) continue;
      used.add(name);
      take(found.fields);
    }
  };
  for (const { fields, recordType, name } of all.values()) {
    if (recordType !== undefined || name.endsWith("Fact")) take(fields);
  }
  for (const { type } of all.get("EventData")!.fields) take(all.get(type)!.fields);
  const rows = [...used].sort().map((name) => all.get(name)!).map(({ name, meaning, values, fields }) => [
    code(name),
    meaning,
    values.length > 0 ? values.map(code).join(", ") : list(fields),
  ]);
  return table(["type", "meaning", "values, or fields"], rows);
}

function list(fields: readonly Field[]): string {
  return fields.map((field) => shownName(field) + (field.meaning && ` (${field.meaning.replace(/\.$/, "")})`)).join(
    "; ",
  );
}

function shownName({ name, isOptional }: Field): string {
  return code(name) + (isOptional ? "?" : "");
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`;
  return [head, head.map(() => "---"), ...rows].map(line).join("");
}

if (import.meta.main) {
  const all = await declarations();
  for (const page of pages) {
    const path = `${projectRoot}/${page}`;
    await Deno.writeTextFile(path, renewed(await Deno.readTextFile(path), all));
  }
}
