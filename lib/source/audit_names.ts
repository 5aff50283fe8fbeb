/**
 * What the names in a file may mean, and which of them may be written to.
 *
 * @module
 */

import { type Finding, finding } from "./finding.ts";
import { allowedGlobals, type GlobalUse, reservedNames } from "./globals.ts";
import type { ParsedSource } from "./parse.ts";
import { type ModuleScope, type Reference, rootOf } from "./scope.ts";
import { all, bare, child, children, nameOf, type SyntaxNode } from "./syntax.ts";

/** Judges every name of a file: declared names, free names, and what is written to. */
export function auditNames(source: ParsedSource, names: ModuleScope): Finding[] {
  const written = writtenNames(source.program);
  return [
    ...names.bindings.filter(({ name }) => allowedGlobals.has(name) || reservedNames.has(name))
      .map(({ name, node }) => finding("name", `nothing may be called ${name}, as a global is`, node)),
    ...names.references.flatMap((reference) => written.has(reference.node) ? write(reference) : []),
    ...names.references.flatMap((reference) => reference.binding ? superClass(reference) : free(reference)),
  ];
}

/** Whatever stands at the top of a module outlives the episode, so nothing may write to it. */
function write({ name, node, binding }: Reference): Finding[] {
  if (binding && !binding.top) return [];
  const what = binding ? `${name} is declared at the top` : `${name} is global`;
  return [
    finding("state", `${what}, so nothing may be written to it; keep state in memory or in a local variable`, node),
  ];
}

function superClass({ name, node, binding, parent }: Reference): Finding[] {
  const extended = /^Class/.test(parent.type) && child(parent, "superClass") === node;
  return extended && binding!.kind !== "class"
    ? [finding("syntax", `a class can extend nothing but a class of its file: ${name} is none`, node)]
    : [];
}

function free({ name, node, parent }: Reference): Finding[] {
  const use = allowedGlobals.get(name);
  if (!use) {
    return [finding("global", `${name} is neither declared here nor a global that a gene may use`, node)];
  }
  if (parent.type === "MemberExpression" && child(parent, "object") === node) return reads(name, use, parent);
  const way = wayOf(node, parent);
  return (use.as as readonly string[]).includes(way)
    ? []
    : [finding("global", `${name} can't be used in this way`, node)];
}

function reads(name: string, use: GlobalUse, parent: SyntaxNode): Finding[] {
  const property = child(parent, "property")!;
  const key = parent["computed"] ? undefined : nameOf(property);
  if (key !== undefined && use.members.includes(key)) return [];
  return [finding("global", `${name}${key === undefined ? "[…]" : `.${key}`} is not allowed`, parent)];
}

function wayOf(node: SyntaxNode, parent: SyntaxNode): "value" | "call" | "make" | "pass" {
  if (child(parent, "callee") === node) return parent.type === "NewExpression" ? "make" : "call";
  if (parent.type === "BinaryExpression" && parent["operator"] === "instanceof" && child(parent, "right") === node) {
    return "make";
  }
  return parent.type === "CallExpression" ? "pass" : "value";
}

/** The names through which something is written to. */
export function writtenNames(program: SyntaxNode): ReadonlySet<SyntaxNode | undefined> {
  return new Set(targets(program).map(rootOf));
}

/** All expressions that something is written to. */
function targets(program: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const node of all(program)) {
    const target = node.type === "AssignmentExpression" || /^For(In|Of)Statement$/.test(node.type)
      ? child(node, "left")
      : node.type === "UpdateExpression" || (node.type === "UnaryExpression" && node["operator"] === "delete")
      ? child(node, "argument")
      : undefined;
    if (target && target.type !== "VariableDeclaration") found.push(...parts(target));
  }
  return found;
}

function parts(target: SyntaxNode): SyntaxNode[] {
  const inner = bare(target);
  switch (inner.type) {
    case "AssignmentPattern":
      return parts(child(inner, "left")!);
    case "RestElement":
      return parts(child(inner, "argument")!);
    case "ArrayPattern":
      return children(inner, "elements").flatMap(parts);
    case "ObjectPattern":
      return children(inner, "properties").flatMap((one) => parts(child(one, "value") ?? one));
    default:
      return [inner];
  }
}
