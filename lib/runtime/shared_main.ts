/**
 * What the program of a whole pool begins with, before the genes and the world.
 *
 * @module
 */

import type { AgentError, GenePool, HostedRequest, SharedInputs } from "./contract.ts";
import { readRequest } from "./data.ts";
import { deepFreeze } from "./freeze.ts";
import { expose, harden, seal } from "./harden.ts";
import { thisProcess } from "./io.ts";
import { type ChosenTake, type Load, loadedFor } from "./load.ts";
import { replyAsOneOf } from "./shared.ts";
import { readyLine } from "./ready.ts";

harden();

/**
 * Runs one evaluation after the other: reads `SharedInputs` as the first line on stdin and then a `HostedRequest` a line, writes a
 * `AgentReply` or an `AgentError` as a line on stdout before it reads the next, and ends with exit code 0 at the end of
 * stdin. In an engine without Deno it leaves a function `__evaluate(line: string): string` in the global object, which takes the
 * same lines, gives an empty text for the first one, and answers any number of the others.
 *
 * Needs no permission.
 *
 * @param load Evaluates the world and what the chosen genes of the pool need, which is done for each episode anew.
 */
export function hosting(load: Load<GenePool, ChosenTake<GenePool>>): void {
  const fresh: Fresh = (active) => loadedFor(load, active);
  if (thisProcess === undefined) return exposed(fresh);
  seal();
  thisProcess.write(readyLine);
  const first = readRequest(thisProcess);
  // One evaluation must not find what another one left there.
  const sharedInputs: SharedInputs = deepFreeze(JSON.parse(first ?? "null"));
  for (let line = thisProcess.read(); line !== undefined; line = thisProcess.read()) {
    thisProcess.write(JSON.stringify(told(fresh, sharedInputs, line)));
  }
  thisProcess.exit(0);
}

/** Gives the world and the genes of the pool; what these genes need is evaluated anew. */
type Fresh = (active: ReadonlySet<number>) => GenePool;

/** What an engine without Deno calls: with `SharedInputs` first, then with a `HostedRequest` each time. */
function exposed(fresh: Fresh): void {
  let sharedInputs: SharedInputs | undefined;
  expose("__evaluate", (line) => {
    if (sharedInputs !== undefined) return JSON.stringify(told(fresh, sharedInputs, line));
    sharedInputs = deepFreeze(JSON.parse(line));
    return "";
  });
}

function told(fresh: Fresh, sharedInputs: SharedInputs, line: string): unknown {
  let request: HostedRequest;
  try {
    request = JSON.parse(line);
  } catch {
    const error: AgentError["error"] = { code: "request", message: "a line on stdin must be JSON", detail: "" };
    return { version: 1, token: "", error, evidence: [] };
  }
  return replyAsOneOf(fresh, sharedInputs, request);
}
