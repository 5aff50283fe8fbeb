/**
 * The host of engines: a process without permissions that lives one life after the other, each in an engine of its own.
 *
 * It is started by its path; reads `HostSettings` as a line on stdin and then a `HostRequest` a line, and writes a
 * `HostAnswer` as a line on stdout before it reads the next.
 *
 * @module
 */

import { thisProcess } from "../../runtime/io.ts";
import { Engines } from "./engines.ts";
import { type HostRequest, type Program, programsKept } from "./protocol.ts";
import { Recent } from "./recent.ts";

/** After so many lives the memories of those that are over are given back, so that they don't add up to a limit. */
const livesPerCollection = 8;

declare const gc: () => void;

const { read, write } = thisProcess!;
const first = read();
if (first !== undefined) {
  const engines = new Engines(JSON.parse(first));
  const programs = new Recent<Program>(programsKept);
  let lives = 0;
  for (let next = read(); next !== undefined; next = read()) {
    const { name, program = programs.get(name)!, line }: HostRequest = JSON.parse(next);
    programs.set(name, program);
    write(JSON.stringify(await engines.live(program, line)));
    if (++lives % livesPerCollection === 0) gc();
  }
}
