/**
 * The manifest of an agent.
 *
 * @module
 */

import { isAgentId } from "../run/id.ts";
import { projectRoot } from "../run/paths.ts";

/**
 * The text of an agent's `deno.json`: its name, and where the runtime lies, so that its source can be checked and
 * read in an editor. Nothing that decides how it runs stands in it.
 *
 * @param folder The agent's folder, as an absolute path; outside the project the runtime is named by its whole path.
 * @param id The agent's id.
 * @throws {TypeError} If the id is none.
 */
export function manifest(folder: string, id: string): string {
  if (!isAgentId(id)) throw new TypeError(`Cannot name an agent ${JSON.stringify(id)}`);
  const runtime = `${rootFrom(folder)}/lib/runtime`;
  const content = {
    name: `@evolve/agent-${id}`,
    version: "1.0.0",
    exports: "./src/main.ts",
    imports: { "evolve/contract": `${runtime}/contract.ts`, "evolve/runtime": `${runtime}/runtime.ts` },
    compilerOptions: { strict: true, noUncheckedIndexedAccess: true },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function rootFrom(folder: string): string {
  if (!folder.startsWith(`${projectRoot}/`)) return projectRoot;
  return folder.slice(projectRoot.length + 1).split("/").map(() => "..").join("/");
}
