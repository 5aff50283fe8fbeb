/**
 * What every agent's `main.ts` calls, imported as `evolve/runtime` before anything else: the runtime's modules take
 * what they need, then the globals go, and only then genes and world are loaded.
 *
 * @module
 */

import { answer } from "./answer.ts";
import type { Agent } from "./contract.ts";
import { readRequest } from "./data.ts";
import { type Load, loaded } from "./load.ts";
import { expose, harden, seal } from "./harden.ts";
import { thisProcess } from "./io.ts";
import { readyLine } from "./ready.ts";
import { nonceOf, reside } from "./resident.ts";

harden();

/**
 * Runs the one evaluation of this process: reads an `AgentRequest` as a line on stdin, writes an `AgentReply` (exit code 0) or an
 * `AgentError` (exit code 3) as a line on stdout. Where that line is a `ResidentRequest` it serves evaluation after evaluation instead.
 * In an engine without Deno it leaves a function `__evaluate(requestJson: string): string` in the global object, which
 * answers any number of requests.
 *
 * Needs no permission.
 *
 * @param agent Its active genes and its world.
 */
export function evaluate(agent: Agent): void {
  start((take) => take(agent));
}

/** Takes in the data that is on stdin, and does nothing else: so it is measured what that costs. */
export function load(): void {
  readRequest(thisProcess!);
}

/**
 * The same as {@linkcode evaluate} for an artifact, which gives each episode genes and a world that are evaluated anew.
 *
 * @param load Evaluates genes and world, which hand themselves over by what `main.ts` calls `evaluate`.
 */
export function start(load: Load<Agent>): void {
  const fresh = () => loaded(load);
  if (thisProcess === undefined) return expose("__evaluate", (line) => JSON.stringify(answer(fresh, line)));
  seal();
  thisProcess.write(readyLine);
  const line = readRequest(thisProcess);
  const nonce = nonceOf(line);
  if (nonce !== undefined) return reside(thisProcess, nonce, (line) => answer(fresh, line));
  const reply = answer(fresh, line);
  thisProcess.write(JSON.stringify(reply));
  thisProcess.exit("error" in reply ? 3 : 0);
}
