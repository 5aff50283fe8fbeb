/**
 * What may stand at the top of a module: declarations that hold no state, and imports.
 *
 * @module
 */

import { generatedFiles } from "../runtime/names.ts";
import { type Finding, finding } from "./finding.ts";
import { siblingPath } from "./imports.ts";
import { isFreeze } from "./literal.ts";
import type { ParsedSource } from "./parse.ts";
import { type ModuleScope, rootOf } from "./scope.ts";
import { bare, child, children, declarationOf, keyOf, nameOf, type SyntaxNode } from "./syntax.ts";

const declarations = new Set([
  ...["FunctionDeclaration", "VariableDeclaration", "TSInterfaceDeclaration", "TSTypeAliasDeclaration"],
  ...["ClassDeclaration", "EmptyStatement"],
]);

/** The constant of each kind of file that is read and never evaluated, so that it need not be frozen. */
function literalOf(path: string): string {
  return path === "world.ts" ? "world" : path === "view.ts" ? "area" : "parameters";
}

/** Judges the statements at the top of a module. */
export function auditTop(source: ParsedSource, names: ModuleScope): Finding[] {
  const strict = children(source.program, "directives")
    .filter((directive) => child(directive, "value")?.["value"] !== "use strict")
    .map((directive) => finding("top", "no directive but use strict is allowed", directive));
  return [
    ...strict,
    ...children(source.program, "body").flatMap((statement) => auditStatement(statement, source, names)),
  ];
}

function auditStatement(statement: SyntaxNode, source: ParsedSource, names: ModuleScope): Finding[] {
  if (statement.type === "ImportDeclaration") return auditImport(statement, source.path);
  const declaration = declarationOf(statement);
  if (statement.type === "ExportNamedDeclaration") {
    const exported = auditExport(statement, declaration);
    if (exported) return [exported];
  }
  if (!declarations.has(declaration.type)) {
    // Exports of other forms and unknown declarations are refused by the tree's allow-list, with better words.
    return /^(Export|TS|Declare)/.test(declaration.type)
      ? []
      : [finding("top", "only declarations may stand at the top of a file", declaration)];
  }
  return declaration.type === "VariableDeclaration" ? auditConstants(declaration, source, names) : [];
}

function auditExport(statement: SyntaxNode, declaration: SyntaxNode): Finding | undefined {
  if (declaration === statement || child(statement, "source")) {
    return finding("syntax", "only declarations can be exported: write export before the function", statement);
  }
  return declaration.type === "ClassDeclaration"
    ? finding("top", "a class can't be exported; export a function that uses it", statement)
    : undefined;
}

function auditImport(statement: SyntaxNode, path: string): Finding[] {
  const source = keyOf(child(statement, "source")) ?? "";
  const refuse = (message: string): Finding[] => [finding("import", message, statement)];
  if (children(statement, "attributes").length > 0) return refuse("import attributes are not allowed");
  if (statement["phase"] || statement["module"]) return refuse("imports of a phase are not allowed");
  const specifiers = children(statement, "specifiers");
  if (
    specifiers.length === 0 ||
    specifiers.some((one) => one.type !== "ImportSpecifier" || !nameOf(child(one, "imported")))
  ) {
    return refuse("imports must be by name: import { a } from …");
  }
  const sibling = path.startsWith("src/") ? siblingPath(source) : undefined;
  if (sibling === path || (generatedFiles as readonly (string | undefined)[]).includes(sibling)) {
    return refuse(`${source} can't be imported here`);
  }
  if (sibling !== undefined) return [];
  const types = source === "evolve/contract" || (source === "../world.ts" && path.startsWith("src/")) ||
    (source === "./world.ts" && path === "view.ts");
  if (!types) {
    return refuse(wrongSource(source, path));
  }
  return statement["importKind"] === "type" ? [] : refuse(`of ${source} only types can be imported: write import type`);
}

/** Why nothing can be imported from there, and what to write instead. */
function wrongSource(source: string, path: string): string {
  const named = JSON.stringify(source);
  if (path === "world.ts") return `a world imports nothing but types of evolve/contract: it imports from ${named}`;
  if (path === "view.ts") {
    return `a view imports nothing but types of evolve/contract and ./world.ts: it imports from ${named}`;
  }
  if (source.startsWith("./") && siblingPath(`${source.replace(/\.[a-z]+$/, "")}.ts`) !== undefined) {
    return `a sibling is imported by its whole name, such as "${source.replace(/\.[a-z]+$/, "")}.ts": it is ${named}`;
  }
  return `${named} can't be imported, only siblings such as "./a.ts", and types of evolve/contract and ../world.ts`;
}

function auditConstants(declaration: SyntaxNode, source: ParsedSource, names: ModuleScope): Finding[] {
  if (declaration["kind"] !== "const") {
    return [finding("state", "a variable at the top would outlive an episode; use const, or memory", declaration)];
  }
  return children(declaration, "declarations").flatMap((declarator) => {
    const name = nameOf(child(declarator, "id"));
    const value = child(declarator, "init");
    if (name === undefined || !value) return [finding("top", "a constant at the top must have one name", declarator)];
    if (/^(ArrowFunction|Function)Expression$/.test(value.type)) return [];
    const declared = name === literalOf(source.path);
    if (declared && !refersTo(name, names)) return [];
    const wrong = notConstant(value, names);
    return wrong ? [declared ? usedByCode(wrong, name) : wrong] : [];
  });
}

/** What is said of a declaration that the file's own code reads: it need not be frozen otherwise. */
function usedByCode(wrong: Finding, name: string): Finding {
  const message =
    `code here refers to ${name}, so that it must be frozen at each level; rather give the code a constant ` +
    "of its own, such as const JOBS = 8";
  return { ...wrong, message };
}

/** Whether code refers to a name at the top of its module. */
function refersTo(name: string, names: ModuleScope): boolean {
  return names.used.has(name);
}

/** Where a value is neither primitive nor a literal that is frozen at each level. */
function notConstant(node: SyntaxNode, names: ModuleScope): Finding | undefined {
  const inner = bare(node);
  if (isFreeze(inner)) return frozenParts(bare(children(inner, "arguments")[0]!), names);
  if (inner.type === "ArrayExpression" || inner.type === "ObjectExpression") {
    return finding("state", "lists and records at the top must be frozen at each level: Object.freeze([…])", inner);
  }
  return notPrimitive(inner, names);
}

function frozenParts(node: SyntaxNode, names: ModuleScope): Finding | undefined {
  if (node.type === "ArrayExpression") {
    return first(children(node, "elements"), (element) => notConstant(element, names));
  }
  if (node.type !== "ObjectExpression") return finding("top", "Object.freeze must be given a literal here", node);
  return first(children(node, "properties"), (property) => {
    const value = child(property, "value");
    return property.type === "ObjectProperty" && !property["computed"] && value
      ? notConstant(value, names)
      : finding("top", "a constant's record must have plain keys and values", property);
  });
}

function notPrimitive(node: SyntaxNode, names: ModuleScope): Finding | undefined {
  const inner = bare(node);
  const parts = (...fields: string[]) =>
    first(
      fields.flatMap((field) => children(inner, field).concat(child(inner, field) ?? [])),
      (part) => notPrimitive(part, names),
    );
  switch (inner.type) {
    case "NumericLiteral":
    case "StringLiteral":
    case "BooleanLiteral":
    case "NullLiteral":
      return undefined;
    case "UnaryExpression":
      return inner["operator"] === "delete" ? finding("top", "delete is no constant", inner) : parts("argument");
    case "BinaryExpression":
    case "LogicalExpression":
      return parts("left", "right");
    case "ConditionalExpression":
      return parts("test", "consequent", "alternate");
    case "TemplateLiteral":
      return parts("expressions");
    case "Identifier":
    case "MemberExpression":
      return ofConstant(inner, names);
    default:
      return finding("top", "a constant at the top must be primitive or a frozen literal", inner);
  }
}

/** Another constant of the file, a part of one, or a constant of a global such as `Math.PI`. */
function ofConstant(node: SyntaxNode, names: ModuleScope): Finding | undefined {
  const root = rootOf(node);
  const reference = root && names.at.get(root);
  if (node.type === "MemberExpression" && node["computed"]) {
    const key = notPrimitive(child(node, "property")!, names);
    if (key) return key;
  }
  const binding = reference?.binding;
  const constant = binding ? binding.top && binding.kind === "variable" && isValue(binding.node) : true;
  const whole = node.type === "Identifier" || /^[A-Z0-9_]+$|^length$/.test(nameOf(child(node, "property")) ?? "");
  return root && reference && constant && (binding || whole)
    ? undefined
    : finding("top", "a constant at the top can be made of constants of this file alone", node);
}

function isValue(declarator: SyntaxNode): boolean {
  return !/Function/.test(child(declarator, "init")?.type ?? "");
}

function first<T>(items: readonly T[], judge: (item: T) => Finding | undefined): Finding | undefined {
  for (const item of items) {
    const found = judge(item);
    if (found) return found;
  }
  return undefined;
}
