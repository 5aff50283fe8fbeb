/**
 * The constants that a module exports.
 *
 * @module
 */

import { declaredBy } from "./scope.ts";
import { child, children, declarationOf, nameOf, type SyntaxNode } from "./syntax.ts";

/** Names of exported constants that are no functions. */
export function exportedConstants(program: SyntaxNode): string[] {
  const names: string[] = [];
  for (const statement of children(program, "body")) {
    const declaration = declarationOf(statement);
    if (statement.type !== "ExportNamedDeclaration" || declaration.type !== "VariableDeclaration") continue;
    for (const declarator of children(declaration, "declarations")) {
      if (/Function/.test(child(declarator, "init")?.type ?? "")) continue;
      names.push(...declaredBy(child(declarator, "id")!).map((id) => nameOf(id)!));
    }
  }
  return names;
}
