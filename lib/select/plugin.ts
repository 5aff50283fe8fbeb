/**
 * Modules of the user's own in `plugins/`.
 *
 * @module
 */

import { projectRoot } from "../agents/paths.ts";
import { Misuse, StepFailed } from "../issue.ts";

/**
 * The default export of a module in `plugins/`.
 *
 * Needs read permission for the module.
 *
 * @param path Path from the project's root, such as `plugins/fitness.ts`.
 * @param setting Where the configuration names it, for the message.
 * @param fits Whether the export can be used.
 * @throws {Misuse} If there is no such module, or its default export doesn't fit.
 * @throws {StepFailed} If it can't be loaded.
 */
export async function loadPlugin<T>(path: string, setting: string, fits: (value: unknown) => boolean): Promise<T> {
  findPlugin(path, setting);
  let found: { readonly default?: unknown };
  try {
    found = await import(new URL(`../../${path}`, import.meta.url).href);
  } catch (cause) {
    throw new StepFailed({
      code: "plugin.load",
      message: `Cannot load the module that ${setting} names: ${(cause as Error).message}`,
      path,
    }, { cause });
  }
  if (!fits(found.default)) {
    throw new Misuse({
      code: "plugin.export",
      message: `Cannot use the module that ${setting} names as its default export is not what is expected there.`,
      path,
    });
  }
  return found.default as T;
}

/**
 * Makes sure that a module in `plugins/` is there.
 *
 * Needs read permission for the module.
 *
 * @param path Path from the project's root, such as `plugins/fitness.ts`.
 * @param setting Where the configuration names it, for the message.
 * @throws {Misuse} If it is not, or lies elsewhere.
 */
export function findPlugin(path: string, setting: string): void {
  if (path.split("/").includes("..")) {
    throw new Misuse({ code: "plugin.path", message: `Cannot use ${setting} as it must stay in plugins/.`, path });
  }
  if (!isFile(`${projectRoot}/${path}`)) {
    throw new Misuse({ code: "plugin.missing", message: `Cannot use ${setting} as there is no such module.`, path });
  }
}

/**
 * Does what calls a module of the user's own, so that what it throws is told as the module's.
 *
 * @throws {StepFailed} If it throws; its stack is the cause.
 */
export function ofPlugin<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof StepFailed) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new StepFailed({ code: "plugin.threw", message: `Cannot select as the module threw: ${message}.`, path }, {
      cause,
    });
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}
