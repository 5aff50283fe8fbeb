/**
 * The thorough proof that a program loads nothing, from its syntax tree.
 *
 * @module
 */

import { parse } from "@babel/parser";

const forbidden: ReadonlySet<string> = new Set([
  "ImportDeclaration",
  "ImportExpression",
  "Import",
  "ExportNamedDeclaration",
  "ExportDefaultDeclaration",
  "ExportAllDeclaration",
]);

/**
 * Whether the syntax tree of a program holds nothing that loads another one.
 *
 * @param program JavaScript, parsed as a module.
 * @returns `false` also for what does not parse.
 */
export function loadsNothing(program: string): boolean {
  let tree: unknown;
  try {
    tree = parse(program, { sourceType: "module", createImportExpressions: true, attachComment: false }).program;
  } catch {
    return false;
  }
  const open: unknown[] = [tree];
  while (open.length > 0) {
    const node = open.pop() as Record<string, unknown> | unknown[];
    if (isLoading(node)) return false;
    for (const [key, child] of Object.entries(node)) {
      if (typeof child === "object" && child !== null && !isName(node, key)) open.push(child);
    }
  }
  return true;
}

function isLoading(node: Record<string, unknown> | unknown[]): boolean {
  if (Array.isArray(node)) return false;
  if (node.type === "MetaProperty") return (node.meta as { name?: string }).name === "import";
  return forbidden.has(String(node.type)) || node.type === "Identifier" && node.name === "require";
}

/** Whether a part of a node is the plain name of a property: that may be `require`, as no variable may. */
function isName(node: Record<string, unknown> | unknown[], key: string): boolean {
  return !Array.isArray(node) && !node.computed && !node.shorthand && (key === "property" || key === "key");
}
