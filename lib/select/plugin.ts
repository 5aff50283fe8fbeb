/**
 * Modules of the user's own in `plugins/`.
 *
 * @module
 */

import { projectRoot } from "../agents/paths.ts";
import { StepFailed } from "../issue.ts";

/**
 * The default export of a module in `plugins/`.
 *
 * Needs read permission for the module.
 *
 * @param path Path from the project's root, such as `plugins/fitness.ts`.
 * @param setting Where the configuration names it, for the message.
 * @param fits Whether the export can be used.
 * @throws {StepFailed} If there is no such module, it can't be loaded, or its default export doesn't fit.
 */
export async function loadPlugin<T>(path: string, setting: string, fits: (value: unknown) => boolean): Promise<T> {
  if (path.split("/").includes("..")) {
    throw new StepFailed({ code: "plugin.path", message: `Cannot use ${setting} as it must stay in plugins/.`, path });
  }
  let found: { readonly default?: unknown };
  try {
    found = await import(`file://${projectRoot}/${path}`);
  } catch (cause) {
    throw new StepFailed({
      code: "plugin.load",
      message: `Cannot load the module that ${setting} names: ${(cause as Error).message}`,
      path,
    }, { cause });
  }
  if (!fits(found.default)) {
    throw new StepFailed({
      code: "plugin.export",
      message: `Cannot use the module that ${setting} names as its default export is not what is expected there.`,
      path,
    });
  }
  return found.default as T;
}
