/**
 * The tuners that evolution is compared with.
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";
import { programFolders, sh, shell } from "../../lib/util/shell.ts";

/** What a tuner is given to search in. */
export type Training =
  /** One world after the other, each configuration in as many as the tuner finds right. */
  | "worlds"
  /** The worlds of the first cycle for each configuration, then a race among the best, as the arm `random` has it. */
  | "cycle";

/** A tuner. */
export interface Tool {
  readonly name: string;
  /** What is said where it is not installed. */
  readonly missing: string;
  /** A script of the shell that ends with 0 where it is installed. */
  readonly check: string;
  /** A script of the shell that becomes it. */
  readonly command: string;
  readonly training: Training;
}

const folder = `${projectRoot}/bench/peers`;

/** All that are known. */
export const tools = {
  irace: {
    name: "irace",
    missing: "irace is not installed (`apt-get install r-cran-irace`)",
    check: "Rscript -e 'library(irace)'",
    command: `exec Rscript '${folder}/irace.R'`,
    training: "worlds",
  },
  "optuna-tpe": {
    name: "optuna-tpe",
    missing: "Optuna is not installed (`apt-get install python3-optuna`)",
    check: "python3 -c 'import optuna'",
    command: `exec python3 '${folder}/optuna_tpe.py'`,
    training: "cycle",
  },
} as const satisfies Record<string, Tool>;

/** Name of a tuner. */
export type ToolName = keyof typeof tools;

/** What a tuner lacks where Debian installs it; undefined: nothing. Needs run permission for `/bin/sh`. */
export async function lackOf({ check, missing }: Pick<Tool, "check" | "missing">): Promise<string | undefined> {
  return (await sh(check)).code === 0 ? undefined : missing;
}

/** Starts a tuner, of which all lines go through pipes, with nothing of this environment. Needs run permission for `/bin/sh`. */
export function startTool({ command }: Tool): Deno.ChildProcess {
  return new Deno.Command(shell, {
    args: ["-c", `PATH=${programFolders}; ${command}`],
    clearEnv: true,
    // One core for each run: numbers this small are no faster with more.
    env: { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    cwd: "/tmp",
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}
