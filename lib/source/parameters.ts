/**
 * Numeric genes: `export const parameters = { … }`, read from the syntax tree.
 *
 * @module
 */

import { geneName, poolLimits } from "../runtime/names.ts";
import type { ParameterRange } from "../runtime/contract.ts";
import { type Literal, literalAt, NotLiteral, readLiteral } from "./literal.ts";
import type { ParsedSource } from "./parse.ts";
import { SourceError } from "./source_error.ts";
import { child, children, declarationOf, nameOf, type SyntaxNode } from "./syntax.ts";

const fields = ["min", "max", "default", "scale"];

/**
 * The parameters that a gene file declares, sorted by name.
 *
 * @throws {SourceError} If one is no literal, or its range can't be used.
 */
export function parametersOf(source: ParsedSource): ParameterRange[] {
  const node = exportedConstant(source.program, "parameters");
  if (!node) return [];
  const record = literalOf(node, "source.parameters");
  if (!isRecord(record)) throw new SourceError("source.parameters", "parameters must be a record of ranges", node);
  const names = Object.keys(record).sort();
  if (names.length > poolLimits.parameters) {
    throw new SourceError("source.size", `a file must have at most ${poolLimits.parameters} parameters`, node);
  }
  return names.map((name) => rangeOf(name, record[name]!, literalAt(node, name) ?? node));
}

/** The value of an exported constant of a module, as a node. */
export function exportedConstant(program: SyntaxNode, name: string): SyntaxNode | undefined {
  for (const statement of children(program, "body")) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    for (const declarator of children(declarationOf(statement), "declarations")) {
      if (nameOf(child(declarator, "id")) === name) return child(declarator, "init");
    }
  }
  return undefined;
}

/** The value of a literal, or a {@linkcode SourceError} that tells where it is none. */
export function literalOf(node: SyntaxNode, code: string): Literal {
  try {
    return readLiteral(node);
  } catch (error) {
    if (error instanceof NotLiteral) throw new SourceError(code, error.message, error.node);
    throw error;
  }
}

/** Whether a literal is a record. */
export function isRecord(value: Literal | undefined): value is { readonly [key: string]: Literal } {
  return typeof value === "object" && !Array.isArray(value);
}

function rangeOf(name: string, value: Literal, node: SyntaxNode): ParameterRange {
  const fail = (why: string): never => {
    throw new SourceError("source.parameters", `the parameter ${name} ${why}`, node);
  };
  if (!geneName.test(name)) fail("must be named by an ASCII identifier of at most 64 characters");
  if (!isRecord(value)) return fail("must be a record { min, max, default, scale? }");
  const unknown = Object.keys(value).find((key) => !fields.includes(key));
  if (unknown !== undefined) fail(`has the unknown field ${unknown}; known are ${fields.join(", ")}`);
  const { min, max, default: start, scale = "linear" } = value;
  if (typeof min !== "number" || typeof max !== "number" || typeof start !== "number") {
    return fail("must have the numbers min, max and default");
  }
  if (![min, max, start, max - min].every(Number.isFinite)) fail("must have finite numbers");
  if (!(min < max)) fail(`must have min below max: they are ${min} and ${max}`);
  if (start < min || start > max) fail(`must have its default within ${min} and ${max}: it is ${start}`);
  if (scale !== "linear" && scale !== "log") return fail(`must have the scale "linear" or "log"`);
  if (scale === "log" && min <= 0) fail(`must have min above 0 for the scale "log": it is ${min}`);
  return { name, min, max, default: start, scale };
}
