/**
 * Proof that a program is whole: it loads nothing.
 *
 * @module
 */

/** Words without which JavaScript can neither load nor be loaded: a keyword can't be written with escapes. */
const loading = /\b(?:import|export|require)\b/;

/** What else could hide the free name `require`: an identifier may be written with escapes. */
const escaped = /\\u(?:00[67]|\{0*[67])/;

/**
 * Whether a program holds no import, no export, no dynamic import, no `import.meta` and no `require`.
 *
 * Most programs hold none of these words anywhere, which is proof enough and takes microseconds. Only one that has
 * them, be it in a text or as a property's name, is parsed.
 *
 * @param program JavaScript, parsed as a module.
 */
export async function isWhole(program: string): Promise<boolean> {
  if (!loading.test(program) && !escaped.test(program)) return true;
  const { loadsNothing } = await import("./prove_syntax.ts");
  return loadsNothing(program);
}
