/**
 * The manifest of an agent.
 *
 * @module
 */

import { isAgentId } from "../agents/id.ts";

/**
 * The text of an agent's `deno.json`: its name, and where the runtime lies, so that its source can be checked and
 * read in an editor. Nothing that decides how it runs stands in it.
 *
 * @param id The agent's id.
 * @param run Name of the run, or `undefined` for the one at the top of the project.
 * @throws {TypeError} If the id is none.
 */
export function manifest(id: string, run: string | undefined): string {
  if (!isAgentId(id)) throw new TypeError(`Cannot name an agent ${JSON.stringify(id)}`);
  const runtime = `${run === undefined ? "../.." : "../../../.."}/lib/runtime`;
  const content = {
    name: `@evolve/agent-${id}`,
    version: "1.0.0",
    exports: "./src/main.ts",
    imports: { "evolve/contract": `${runtime}/contract.ts`, "evolve/runtime": `${runtime}/runtime.ts` },
    compilerOptions: { strict: true, noUncheckedIndexedAccess: true },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
