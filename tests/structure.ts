/**
 * Reads which module of `lib/` imports which, for the test that holds the code to the floors of `lib/README.md`.
 *
 * @module
 */

import { parse } from "@babel/parser";
import { filesIn } from "./docs_pages.ts";
import { projectRoot } from "../lib/run/paths.ts";

/** Modules or folders, and what each imports. */
export type Imports = Map<string, Set<string>>;

/** Folders of `lib/` by their floor: 0 is the uppermost. */
export function readFloors(page: string): Map<string, number> {
  const rows = [...page.matchAll(/^\| `(\w+)\/`/gm)].map(([, name]) => name!);
  return new Map(rows.map((name, at) => [name, at]));
}

/** Paths of all modules in a folder. */
export function modules(folder: string): string[] {
  return filesIn(folder, ".ts");
}

/** What a module imports of the project: for types alone, dynamically, or as the address of a Worker or a child as well. */
export function importsOf(path: string): Set<string> {
  const targets = [...specifiersOf(path)].filter((target) => target.startsWith("."));
  return new Set(targets.map((target) => new URL(target, `file:///${path}`).pathname.slice(1)));
}

/** What a module names as other modules, as it writes them. */
export function specifiersOf(path: string): Set<string> {
  const found = new Set<string>();
  visit(programOf(path), (node) => {
    const target = specifierOf(node);
    if (target !== undefined) found.add(target);
  });
  return found;
}

/** Imports that docs/dependencies.md has for tests alone. */
export function importsOfTests(page: string): string[] {
  return [...page.matchAll(/^\| `([^`]+)` *\| tests alone[,:]/gm)].map(([, name]) => name!);
}

/** Whether a module holds a statement of SQL that writes. */
export function writesOf(path: string): boolean {
  const sql = /^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE INTO|UPDATE\s+\w+\s+SET|DELETE FROM|CREATE|ALTER|DROP)\b/;
  return textsOf(programOf(path)).some((text) => sql.test(text));
}

/**
 * Whether a text of a module makes a transition of an agent's state: it lists one, or sets a column that tells of its
 * status, its genome, its score or its stage, or names the event of one as an argument of `recordEvent`.
 */
export function makesTransition(text: string): boolean {
  const program = parse(text, { sourceType: "module", plugins: ["typescript"] }).program as unknown as Node;
  let records = false;
  visit(program, (node) => {
    if (node.type !== "CallExpression" || (node.callee as { name?: string }).name !== "recordEvent") return;
    records ||= (node.arguments as unknown[]).some((argument) => transitionEvents.includes(literal(argument) ?? ""));
  });
  return records || textsOf(program).some((sql) => transitionSql.test(sql));
}

const transitionEvents = [
  "agent.created",
  "agent.born",
  "agent.changed",
  "agent.crashed",
  "agent.disabled",
  "agent.died",
];

// Up to the condition, which may name any column.
const transitionSql = new RegExp(
  "INTO\\s+agents\\b|UPDATE\\s+agents\\s+SET(?:(?!\\bWHERE\\b)[\\s\\S])*\\b" +
    "(?:status|code|reason|disabled_\\w+|stage|died|genome_hash|mutations|score|scored_genome_hash|score_cycles|energy" +
    "|crashes|failed_under|backoff_until_cycle)\\s*=",
);

/** The statements of SQL of a module, values and white space left out; parts of statements are none. */
export function statementsOf(path: string): string[] {
  const sql = /^(?:SELECT|WITH|INSERT|UPDATE|DELETE|REPLACE)\b.*\b(?:FROM|INTO|SET)\b/;
  return textsOf(programOf(path)).map((text) => text.replace(/\s+/g, " ").trim()).filter((text) => sql.test(text));
}

/** Imports that go up, and those from one step to another, sorted. */
export function climbs(imports: Imports, floors: ReadonlyMap<string, number>): string[] {
  const floorOf = (path: string) => floors.get(path.split("/")[1]!) ?? -1;
  const found: string[] = [];
  for (const [from, targets] of imports) {
    for (const to of targets) {
      if (!to.startsWith("lib/")) continue;
      const steps = from.startsWith("lib/steps/") && to.startsWith("lib/steps/");
      const climbing = floorOf(to) < floorOf(from) || steps && from.split("/")[2] !== to.split("/")[2];
      if (climbing) found.push(`${from} -> ${to}`);
    }
  }
  return found.sort();
}

/** Groups of what imports itself by way of others, sorted (the strongly connected components; Tarjan, 1972). */
export function circles(imports: Imports): string[] {
  const index = new Map<string, number>(), low = new Map<string, number>();
  const stack: string[] = [], found: string[] = [];
  const enter = (one: string) => {
    index.set(one, index.size);
    low.set(one, index.get(one)!);
    stack.push(one);
    for (const other of imports.get(one) ?? []) {
      if (!index.has(other)) enter(other);
      if (stack.includes(other)) low.set(one, Math.min(low.get(one)!, low.get(other)!));
    }
    if (low.get(one) !== index.get(one)) return;
    const group = stack.splice(stack.indexOf(one));
    if (group.length > 1) found.push(group.sort().join(" "));
  };
  for (const one of [...imports.keys()].sort()) if (!index.has(one)) enter(one);
  return found.sort();
}

type Node = { readonly type: string } & Record<string, unknown>;

function programOf(path: string): Node {
  const text = Deno.readTextFileSync(`${projectRoot}/${path}`);
  return parse(text, { sourceType: "module", plugins: ["typescript"] }).program as unknown as Node;
}

/** All texts of a program: literals, and templates with a space for each value in them. */
function textsOf(program: Node): string[] {
  const found: string[] = [];
  visit(program, (node) => {
    if (node.type === "StringLiteral") found.push(node.value as string);
    if (node.type === "TemplateLiteral") {
      const parts = node.quasis as { value: { raw: string } }[];
      found.push(parts.map(({ value }) => value.raw).join(" "));
    }
  });
  return found;
}

function literal(value: unknown): string | undefined {
  const { type, value: text } = (value ?? {}) as { type?: string; value?: string };
  return type === "StringLiteral" ? text : undefined;
}

/** What a node names as another module, if it does. */
function specifierOf(node: Node): string | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "ImportExpression":
    case "TSImportType":
      return literal(node.source ?? node.argument);
    case "NewExpression":
    case "CallExpression":
      return (node.arguments as unknown[]).map(literal).find((text) =>
        text !== undefined && /^\.{1,2}\/.*\.ts$/.test(text)
      );
  }
}

function visit(node: unknown, each: (node: Node) => void): void {
  if (Array.isArray(node)) {
    for (const one of node) visit(one, each);
    return;
  }
  if (typeof node !== "object" || node === null || typeof (node as Node).type !== "string") return;
  each(node as Node);
  for (const value of Object.values(node)) if (typeof value === "object") visit(value, each);
}
