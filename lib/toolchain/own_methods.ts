/**
 * Rewrites calls of those methods that the runtime replaces in prototypes: in the user's program none may be changed.
 *
 * @module
 */

import { parse } from "@babel/parser";
import { below, child, nameOf, type SyntaxNode } from "../source/syntax.ts";

/**
 * Names of the methods. `join` is none of them: of a list within itself all engines that load modules make the same, an
 * interpreter that does not is why the runtime has its own.
 */
export const ownMethods: ReadonlySet<string> = new Set([
  ...["sort", "toSorted"],
  ...["toString", "toExponential"],
  ...["repeat", "toLowerCase", "toUpperCase"],
]);

/** What is put in at a place of a text. */
type Insertion = readonly [at: number, text: string];

/**
 * Makes `own(list).sort(…)` of `list.sort(…)`, and so on; what takes such a method by a computed name, or takes a record
 * apart, is left alone.
 *
 * @param text JavaScript of an artifact's genes.
 * @param own The name of the function that gives the methods.
 */
export function withOwnMethods(text: string, own: string): string {
  const program = parse(text, { sourceType: "module", attachComment: false }).program as unknown as SyntaxNode;
  const insertions: Insertion[] = [];
  const open: SyntaxNode[] = [program];
  while (open.length > 0) {
    const node = open.pop()!;
    if (isOwnMethod(node)) insertions.push(...wrapped(node, own));
    open.push(...below(node));
  }
  // Of those at one place the ends come first, then the outermost beginning.
  let made = "", from = 0;
  for (const [at, put] of insertions.sort(([a], [b]) => a - b)) {
    made += text.slice(from, at) + put;
    from = at;
  }
  return made + text.slice(from);
}

function isOwnMethod(node: SyntaxNode): boolean {
  if (node.type !== "MemberExpression" && node.type !== "OptionalMemberExpression") return false;
  if (child(node, "object")!.type === "Super") return false;
  const property = child(node, "property")!;
  const name = node["computed"] ? property.type === "StringLiteral" && property["value"] as string : nameOf(property);
  return typeof name === "string" && ownMethods.has(name);
}

function wrapped(node: SyntaxNode, own: string): Insertion[] {
  const { start, end, type } = child(node, "object")!;
  const [open, close] = type === "SequenceExpression" ? ["((", "))"] : ["(", ")"];
  // Within a chain that may end before, `a?.b.sort()`, what is wrapped does not end it any more.
  const isInChain = node.type === "OptionalMemberExpression" && !node["optional"];
  const ends = isInChain ? [[end, `${close}?${node["computed"] ? "." : ""}`] as const] : [[end, close] as const];
  return [[start, `${own}${open}`], ...ends];
}
