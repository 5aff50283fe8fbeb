/**
 * Numeric genes: `export const parameters = { … }`, read from the syntax tree.
 *
 * @module
 */

import { geneName, poolLimits } from "../runtime/names.ts";
import type { PoolParameter } from "../runtime/contract.ts";
import { declaredOf, Undeclarable } from "./kinds.ts";
import { type Literal, literalAt, NotLiteral, readLiteral } from "./literal.ts";
import type { ParsedSource } from "./parse.ts";
import { SourceError } from "./source_error.ts";
import { child, children, declarationOf, nameOf, type SyntaxNode } from "./syntax.ts";

/**
 * The parameters that a gene file declares, sorted by name.
 *
 * @throws {SourceError} If one is no literal, or its range can't be used.
 */
export function parametersOf(source: ParsedSource): PoolParameter[] {
  const node = exportedConstant(source.program, "parameters");
  if (!node) return [];
  const record = literalOf(node, "source.parameters");
  if (!isRecord(record)) throw new SourceError("source.parameters", "parameters must be a record of ranges", node);
  const names = Object.keys(record).sort();
  if (names.length > poolLimits.parameters) {
    throw new SourceError("source.size", `a file must have at most ${poolLimits.parameters} parameters`, node);
  }
  const parameters = names.map((name) => parameterOf(name, record[name]!, literalAt(node, name) ?? node));
  const numbers = parameters.reduce((sum, { length = 1 }) => sum + length, 0);
  if (numbers > poolLimits.numbers) {
    const most = `the parameters of a file must have at most ${poolLimits.numbers} numbers, those of lists included`;
    throw new SourceError("source.size", `${most}: they have ${numbers}`, node);
  }
  return parameters;
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

function parameterOf(name: string, value: Literal, node: SyntaxNode): PoolParameter {
  const fail = (why: string): never => {
    throw new SourceError("source.parameters", `the parameter ${name} ${why}`, node);
  };
  if (!geneName.test(name)) fail("must be named by an ASCII identifier of at most 64 characters");
  if (!isRecord(value)) return fail("must be a record such as { min, max, default, scale? }");
  try {
    return { name, ...declaredOf(value) };
  } catch (error) {
    if (error instanceof Undeclarable) return fail(error.message);
    throw error;
  }
}
