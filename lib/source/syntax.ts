/**
 * Syntax trees as this project reads them: by node type, without the parser's hundred interfaces.
 *
 * @module
 */

/** A node of the syntax tree (ESTree as Babel extends it). */
export interface SyntaxNode {
  readonly type: string;
  /** Offset of its first code unit. */
  readonly start: number;
  /** Offset after its last code unit. */
  readonly end: number;
  readonly loc: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
  readonly [field: string]: unknown;
}

/** A comment, without its delimiters. */
export interface SyntaxComment {
  readonly type: "CommentBlock" | "CommentLine";
  readonly value: string;
  readonly start: number;
  readonly loc: SyntaxNode["loc"];
  readonly end: number;
}

/** Whether a value is a node. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && typeof (value as SyntaxNode).type === "string" &&
    typeof (value as SyntaxNode).start === "number";
}

/** The node in a field, or `undefined`. */
export function child(node: SyntaxNode, field: string): SyntaxNode | undefined {
  const value = node[field];
  return isNode(value) ? value : undefined;
}

/** The nodes in a field that holds a list; holes of arrays are left out. */
export function children(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

const notChildren = new Set(["leadingComments", "trailingComments", "innerComments", "tokens", "loc", "extra"]);

/** All nodes right below a node, in source order of their fields. */
export function* below(node: SyntaxNode): Generator<SyntaxNode> {
  for (const field of Object.keys(node)) {
    if (notChildren.has(field)) continue;
    const value = node[field];
    if (isNode(value)) yield value;
    else if (Array.isArray(value)) { for (const item of value) if (isNode(item)) yield item; }
  }
}

/** A node and all nodes below it, without recursion. */
export function* all(root: SyntaxNode): Generator<SyntaxNode> {
  const waiting: SyntaxNode[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    // Not spread into one call: a list may have more parts than a call may have arguments.
    const inner = [...below(node)];
    for (let i = inner.length - 1; i >= 0; i--) waiting.push(inner[i]!);
  }
}

/** How many nodes there are from a node downwards, and on how many levels; counting ends beyond `limit` levels. */
export function measure(root: SyntaxNode, limit: number): { readonly nodes: number; readonly levels: number } {
  let level: SyntaxNode[] = [root];
  let nodes = 0, levels = 0;
  while (level.length > 0 && levels <= limit) {
    const next: SyntaxNode[] = [];
    for (const node of level) for (const item of below(node)) next.push(item);
    nodes += level.length;
    level = next;
    levels++;
  }
  return { nodes, levels };
}

/** The name of an identifier, or `undefined` for any other node. */
export function nameOf(node: SyntaxNode | undefined): string | undefined {
  return node?.type === "Identifier" ? node["name"] as string : undefined;
}

/** What a key, a specifier or a source says where it is an identifier or a text. */
export function keyOf(node: SyntaxNode | undefined): string | undefined {
  if (node?.type === "StringLiteral") return node["value"] as string;
  if (node?.type === "NumericLiteral") return String(node["value"]);
  return nameOf(node);
}

/** The line on which a node begins, from 1. */
export function line(node: Pick<SyntaxNode, "loc">): number {
  return node.loc.start.line;
}

const wrappers = new Set(["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression", "ParenthesizedExpression"]);

/** An expression without the type syntax around it. */
export function bare(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (wrappers.has(inner.type)) inner = child(inner, "expression")!;
  return inner;
}

/** Whether a node is type syntax, of which nothing is left at run time. */
export function isType(node: SyntaxNode): boolean {
  return node.type.startsWith("TS") && !wrappers.has(node.type);
}

/** Whether a node is a function of any form. */
export function isFunction(node: SyntaxNode): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ObjectMethod|ClassMethod|ClassPrivateMethod)$/
    .test(node.type);
}

/** The declaration within an `export`, or the statement itself. */
export function declarationOf(statement: SyntaxNode): SyntaxNode {
  return statement.type === "ExportNamedDeclaration" ? child(statement, "declaration") ?? statement : statement;
}
