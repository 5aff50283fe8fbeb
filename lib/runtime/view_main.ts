/**
 * What the program calls that draws: the judge's, with the world's view beside the world.
 *
 * @module
 */

import type { JudgeReply, JudgeRequest, ViewedWorld } from "./contract.ts";
import { readRequest } from "./data.ts";
import { harden, seal } from "./harden.ts";
import { thisProcess } from "./io.ts";
import { type Load, loaded } from "./load.ts";
import { readyLine } from "./ready.ts";
import { draw } from "./view.ts";

harden();

/**
 * Judges and draws as long as there is something to draw: reads a `JudgeRequest` as a line on stdin, writes a `JudgeReply` as a
 * line on stdout before it reads the next, ends with exit code 0 at the end of stdin.
 *
 * Needs no permission.
 *
 * @param load Evaluates the template's world and its view, which is done for each episode anew.
 */
export function viewing(load: Load<ViewedWorld>): void {
  const process = thisProcess!;
  seal();
  process.write(readyLine);
  for (let line = readRequest(process); line !== undefined; line = readRequest(process)) {
    process.write(JSON.stringify(reply(line)));
  }
  process.exit(0);

  function reply(line: string): JudgeReply {
    return draw(() => loaded(load), JSON.parse(line) as JudgeRequest);
  }
}
