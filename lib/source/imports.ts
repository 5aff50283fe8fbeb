/**
 * What a file imports from its siblings.
 *
 * @module
 */

import { child, children, keyOf, line, type SyntaxNode } from "./syntax.ts";

/** A value imported from a sibling. */
export interface SourceImport {
  /** Path of the sibling within the template. */
  readonly path: string;
  readonly name: string;
  readonly line: number;
}

/** The values that a module imports from its siblings, in source order. */
export function importsOf(program: SyntaxNode): SourceImport[] {
  const imports: SourceImport[] = [];
  for (const [specifier, path] of valueImports(program)) {
    const name = keyOf(child(specifier, "imported"));
    if (name !== undefined) imports.push({ path, name, line: line(specifier) });
  }
  return imports;
}

/** Paths of all siblings that a module imports anything from, types included; sorted. */
export function siblingsOf(program: SyntaxNode): string[] {
  const paths = children(program, "body")
    .filter((statement) => statement.type === "ImportDeclaration")
    .map((statement) => siblingPath(keyOf(child(statement, "source")) ?? ""));
  return [...new Set(paths.filter((path) => path !== undefined))].sort();
}

/** Specifiers of values, with the path of the sibling that they come from. */
export function valueImports(program: SyntaxNode): Map<SyntaxNode, string> {
  const found = new Map<SyntaxNode, string>();
  for (const statement of children(program, "body")) {
    if (statement.type !== "ImportDeclaration" || statement["importKind"] === "type") continue;
    const path = siblingPath(keyOf(child(statement, "source")) ?? "");
    if (path === undefined) continue;
    for (const specifier of children(statement, "specifiers")) {
      if (specifier["importKind"] !== "type") found.set(specifier, path);
    }
  }
  return found;
}

/** Path within the template of an import from a sibling, such as `src/rl.ts` for `./rl.ts`. */
export function siblingPath(specifier: string): string | undefined {
  const match = /^\.\/([A-Za-z0-9_][A-Za-z0-9_.-]*\.ts)$/.exec(specifier);
  return match ? `src/${match[1]}` : undefined;
}
