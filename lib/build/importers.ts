/**
 * Which gene files fall with another one.
 *
 * @module
 */

import { importsOf } from "../source/imports.ts";
import { parseSource } from "../source/parse.ts";

/**
 * A gene file and all that import a value from it, themselves or through others.
 *
 * @param path Such as `src/neural.ts`.
 * @param modules Texts of all files by path; who does not parse imports nothing.
 */
export function importersOf(path: string, modules: ReadonlyMap<string, string>): Set<string> {
  const imports = new Map([...modules].map(([file, text]) => [file, importedBy(file, text)]));
  const found = new Set([path]);
  for (const one of found) {
    for (const [file, imported] of imports) if (imported.includes(one)) found.add(file);
  }
  return found;
}

function importedBy(file: string, text: string): string[] {
  const parsed = parseSource(file, text);
  return parsed.ok ? importsOf(parsed.value.program).map(({ path }) => path) : [];
}
