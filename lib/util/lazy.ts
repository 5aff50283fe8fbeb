/**
 * Loads a module only when it is used.
 *
 * @module
 */

/**
 * Imports a module that nothing names in advance.
 *
 * An `import("./x.ts")` with the name in it is loaded late too, but Deno looks through it and through the packages it
 * needs at each start (2 to 5 ms for each package), which a step that has nothing to do should not pay for.
 *
 * Needs read permission for the module and for what it imports from the project.
 *
 * @param path The module, relative to the importing one.
 * @param from The importing module's `import.meta.url`.
 */
export async function lazily<M>(path: `./${string}` | `../${string}`, from: string): Promise<M> {
  return await import(new URL(path, from).href);
}
