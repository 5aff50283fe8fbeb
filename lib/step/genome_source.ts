/**
 * Where genomes come from that the user gives on the command line: a file, or an agent of a run.
 *
 * @module
 */

import { BadValue } from "./flags.ts";
import { userPath } from "./user_path.ts";

/** A file, or an agent of a run: `run` absent is the run at the top, `id` an id, how one begins, or `best`. */
export type GenomeSource =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "agent"; readonly run?: string; readonly id: string };

/**
 * Reads `RUN:ID`, `RUN:best`, `:ID` or a path; relative ones count from where the user stands.
 *
 * A path that looks like an agent is written `./a:b`. Needs permission for the variable `INIT_CWD`, as `userPath` does.
 *
 * @param text What {@linkcode genomeText} has let pass.
 */
export function genomeSource(text: string): GenomeSource {
  const [, run, id] = agent.exec(text) ?? [];
  if (id === undefined) return { kind: "file", path: userPath(text) };
  return { kind: "agent", ...(run !== "" && { run }), id };
}

const agent = /^((?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,63})?):([A-Za-z0-9-]{1,64})$/;

/**
 * A text that may say where a genome comes from, as it is.
 *
 * @throws {BadValue} If it can't.
 */
export function genomeText(text: string): string {
  // deno-lint-ignore no-control-regex -- just these are to be refused
  if (text === "" || text.length > 4096 || /[\x00-\x1f\x7f]/.test(text)) {
    throw new BadValue("must be a file with a genome, or RUN:ID, such as mine:best");
  }
  return text;
}
