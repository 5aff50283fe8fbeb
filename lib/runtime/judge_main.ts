/**
 * What the judge's program calls, imported as `evolve/judge` before the world.
 *
 * @module
 */

import type { Agent, JudgeReply, JudgeRequest } from "./contract.ts";
import { readRequest } from "./data.ts";
import { expose, harden, seal } from "./harden.ts";
import { thisProcess } from "./io.ts";
import { judge } from "./judge.ts";
import { type Load, loaded } from "./load.ts";
import { readyLine } from "./ready.ts";

harden();

/**
 * Judges as long as there is something to judge: reads a `JudgeRequest` as a line on stdin, writes a `JudgeReply` as a
 * line on stdout before it reads the next, ends with exit code 0 at the end of stdin. In an engine without Deno it
 * leaves a function `__judge(requestJson: string): string` in the global object instead.
 *
 * Needs no permission.
 *
 * @param load Evaluates the template's world, which is done for each episode anew.
 */
export function judging(load: Load<Agent["world"]>): void {
  const world = () => loaded(load);
  if (thisProcess === undefined) return expose("__judge", (line) => JSON.stringify(verdict(world, line)));
  seal();
  thisProcess.write(readyLine);
  for (let line = readRequest(thisProcess); line !== undefined; line = readRequest(thisProcess)) {
    thisProcess.write(JSON.stringify(verdict(world, line)));
  }
  thisProcess.exit(0);
}

function verdict(world: () => Agent["world"], line: string): JudgeReply {
  let request: JudgeRequest;
  try {
    request = JSON.parse(line);
  } catch {
    return { token: "", ok: false, code: "request", message: "a line on stdin must be a JudgeRequest as JSON" };
  }
  return judge(world(), request, world);
}
