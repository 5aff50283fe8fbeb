/**
 * The command line of a step: that of its task.
 *
 * @module
 */

/**
 * Flags of the engine: it gives memory back early, so that what a step takes depends little on the number of agents. It
 * costs no time; all steps have the same ones, as the code that was compiled for one is then at hand for the next.
 */
const engine = "--v8-flags=--max-semi-space-size=2,--heap-growing-percent=30";

/**
 * The arguments of `deno` that run a step under its own permission set.
 *
 * @param step Its name: that of its pipeline, of its task and of its permission set.
 */
export function stepCommand(step: string): string[] {
  return ["run", "-q", "--no-prompt", engine, `-P=${step}`, `pipelines/${step}.ts`];
}
