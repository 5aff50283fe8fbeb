/**
 * Which modules a module reaches through its imports.
 *
 * @module
 */

/** The specifier of an import or of a re-export; matches too much in comments and texts, never too little. */
const specifier = /\b(?:from|import)\s*(["'])(\.[^"'\n]*)\1/g;

/**
 * The paths of all modules that a text reaches, itself not among them.
 *
 * @param path Where the text lies, such as `src/mod.ts`.
 * @param modules Texts of the modules that can be reached, by path.
 */
export function reach(path: string, text: string, modules: ReadonlyMap<string, string>): Set<string> {
  const reached = new Set<string>();
  const open: [path: string, text: string][] = [[path, text]];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const match of next[1].matchAll(specifier)) {
      const target = new URL(match[2]!, `file:///${next[0]}`).pathname.slice(1);
      const module = modules.get(target);
      if (module === undefined || reached.has(target)) continue;
      reached.add(target);
      open.push([target, module]);
    }
  }
  return reached;
}
