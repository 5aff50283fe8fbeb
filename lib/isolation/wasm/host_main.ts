/**
 * The host of engines: a process without permissions that runs one evaluation after the other, each in an engine of its own.
 *
 * It is started by its path; reads `HostSettings` as a line on stdin and then a `HostRequest` a line, and writes a
 * `HostAnswer` as a line on stdout before it reads the next.
 *
 * @module
 */

import { thisProcess } from "../../runtime/io.ts";
import { readyLine } from "../../runtime/ready.ts";
import { Engines } from "./engines.ts";
import { type HostAnswer, type HostRequest, type HostSettings, type Program, programsKept } from "./protocol.ts";
import { Recent } from "./recent.ts";

/** The memories of evaluations that are over are given back when they are so many bytes: they must not add up to a limit. */
const mostLeft = 256 * 1024 * 1024;

declare const gc: () => void;

const { read, write } = thisProcess!;
const programs = new Recent<Program>(programsKept);
write(readyLine);
const first = read();
if (first !== undefined) {
  const settings: HostSettings = JSON.parse(first);
  const engines = new Engines(settings, settings.data ? read() : undefined);
  for (let next = read(); next !== undefined; next = read()) {
    write(JSON.stringify(await evaluated(engines, JSON.parse(next))));
    if (engines.left < mostLeft) continue;
    gc();
    engines.left = 0;
  }
}

async function evaluated(engines: Engines, { name, program, line }: HostRequest): Promise<HostAnswer> {
  if (name === undefined) return await engines.evaluateByPool(line);
  const known = program ?? programs.get(name)!;
  programs.set(name, known);
  return await engines.evaluate(known, line);
}
