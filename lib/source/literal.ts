/**
 * Constants read from the syntax tree, never evaluated.
 *
 * @module
 */

import { bare, child, children, keyOf, nameOf, type SyntaxNode } from "./syntax.ts";

/** A value that a literal stands for. */
export type Literal = number | string | boolean | readonly Literal[] | { readonly [key: string]: Literal };

/** What stands where a literal was expected. */
export class NotLiteral extends Error {
  override name = "NotLiteral";
  readonly node: SyntaxNode;
  constructor(node: SyntaxNode, message: string) {
    super(message);
    this.node = node;
  }
}

/**
 * The value of a literal: numbers with a sign, texts, booleans, and lists and records of these, also
 * within `Object.freeze(…)`, `as const` and `satisfies`.
 *
 * @throws {NotLiteral} If it is anything else.
 */
export function readLiteral(node: SyntaxNode): Literal {
  const inner = thawed(node);
  switch (inner.type) {
    case "NumericLiteral":
    case "StringLiteral":
    case "BooleanLiteral":
      return inner["value"] as Literal;
    case "TemplateLiteral":
      return wholeText(inner);
    case "UnaryExpression":
      return signed(inner);
    case "ArrayExpression":
      return (inner["elements"] as (SyntaxNode | null)[]).map((element) => {
        if (!element) throw new NotLiteral(inner, "a list must not have holes");
        return readLiteral(element);
      });
    case "ObjectExpression":
      return record(inner);
  }
  throw new NotLiteral(inner, "it must be a literal, as it is read and not evaluated");
}

/** The node of a record's value under a key, or `undefined`. */
export function literalAt(node: SyntaxNode, key: string): SyntaxNode | undefined {
  return children(thawed(node), "properties").find((property) => keyOf(child(property, "key")) === key);
}

/** An expression without types and without `Object.freeze(…)` around it. */
export function thawed(node: SyntaxNode): SyntaxNode {
  let inner = bare(node);
  while (isFreeze(inner)) inner = bare(children(inner, "arguments")[0]!);
  return inner;
}

/** Whether a node is a call of `Object.freeze` with one argument. */
export function isFreeze(node: SyntaxNode): boolean {
  const callee = child(node, "callee");
  return node.type === "CallExpression" && callee?.type === "MemberExpression" && !callee["computed"] &&
    nameOf(child(callee, "object")) === "Object" && nameOf(child(callee, "property")) === "freeze" &&
    children(node, "arguments").length === 1;
}

function wholeText(node: SyntaxNode): string {
  const quasis = children(node, "quasis");
  const cooked = (quasis[0]?.["value"] as { cooked?: string } | undefined)?.cooked;
  if (quasis.length !== 1 || cooked === undefined) throw new NotLiteral(node, "a text must have no ${…} in it");
  return cooked;
}

function signed(node: SyntaxNode): number {
  const operand = bare(child(node, "argument")!);
  if (operand.type !== "NumericLiteral" || (node["operator"] !== "-" && node["operator"] !== "+")) {
    throw new NotLiteral(node, "it must be a literal, as it is read and not evaluated");
  }
  return node["operator"] === "-" ? -(operand["value"] as number) : operand["value"] as number;
}

function record(node: SyntaxNode): Literal {
  const entries = new Map<string, Literal>();
  for (const property of children(node, "properties")) {
    const key = keyOf(child(property, "key"));
    if (property.type !== "ObjectProperty" || property["computed"] || key === undefined) {
      throw new NotLiteral(property, "a record must have plain keys with literal values");
    }
    if (key in Object.prototype) throw new NotLiteral(property, `${key} can't be a key`);
    if (entries.has(key)) throw new NotLiteral(property, `it has the key ${key} twice`);
    entries.set(key, readLiteral(child(property, "value")!));
  }
  return Object.fromEntries(entries);
}
