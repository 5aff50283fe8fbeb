/**
 * What of a source file matters: its tokens, without comments and white space.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";
import type { ParsedSource } from "./parse.ts";
import { all } from "./syntax.ts";

/** Statements and members that end with a semicolon, written or not. */
const terminated =
  /^(ExpressionStatement|VariableDeclaration|ReturnStatement|BreakStatement|ContinueStatement|ThrowStatement|DoWhileStatement|Directive|ImportDeclaration|ExportNamedDeclaration|ExportAllDeclaration|ExportDefaultDeclaration|ClassProperty|ClassPrivateProperty|TSTypeAliasDeclaration|DebuggerStatement)$/;

/**
 * SHA-256 of a file's tokens, as 64 hexadecimal digits.
 *
 * Comments, white space and semicolons that the language adds by itself do not count. Where a line break
 * ends a statement it does: `return` and `x` on a line of its own is not `return x`.
 */
export async function tokenHash(source: ParsedSource): Promise<string> {
  const ends = new Set<number>();
  for (const node of all(source.program)) {
    if (terminated.test(node.type) && source.text[node.end - 1] !== ";") ends.add(node.end);
  }
  const tokens: string[] = [];
  for (const { start, end } of source.tokens) {
    tokens.push(source.text.slice(start, end).replaceAll("\r\n", "\n"));
    if (ends.has(end)) tokens.push(";");
  }
  return await sha256(JSON.stringify(tokens));
}
