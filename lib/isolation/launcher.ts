/**
 * The command lines under which programs without permissions are started.
 *
 * @module
 */

import { StepFailed } from "../util/issue.ts";
import { type Cgroup, type Delegated, delegationWords, readDelegated } from "./cgroup.ts";
import { limitCommands, type ProcessLimits } from "./limits.ts";
import type { Machine } from "../run/preflight.ts";
import { machineWords, readMachine } from "./machine.ts";
import { programFolders, shell } from "../util/shell.ts";

/** A program and its arguments. */
export interface CommandLine {
  readonly program: string;
  readonly args: readonly string[];
  /** What it is to be in with all that it starts; absent: its supervisor's own group. */
  readonly cgroup?: Cgroup;
  /** Whether a signal that ends the program comes as an exit code of 128 and its number, as another one waits for it. */
  readonly relays?: boolean;
}

/** What makes command lines for processes without permissions. */
export interface Sandbox {
  /**
   * The command line that runs a script in a Deno process under limits and without any permission.
   *
   * @param script Absolute path of a `.js` file; one that ends in `.ts` would be transpiled first, for 160 ms.
   * @param steps How many steps the process is to evaluate or to judge, about: it decides what is compiled how well.
   */
  sandboxed(script: string, limits: ProcessLimits, steps: number): CommandLine;
}

/** Steps of all episodes of an evaluation up to which an optimising compiler costs more than it gives. */
const shortEvaluation = 20_000;

/**
 * Arguments of a Deno process that has no permission at all and reads nothing but its one script.
 *
 * Without threads of its own V8 starts 6–8 ms of CPU earlier, and without its optimising compilers an evaluation of
 * milliseconds saves as much again. No flag changes what is computed.
 *
 * @param steps How many steps the process is to evaluate or to judge, about.
 */
export function sandboxFlags(steps: number): readonly string[] {
  const engine = ["--disallow-code-generation-from-strings", "--single-threaded"];
  if (steps <= shortEvaluation) engine.push("--no-opt", "--no-maglev");
  return ["run", "--no-prompt", "--no-config", "--no-lock", "--no-npm", "--no-remote", `--v8-flags=${engine}`, "-q"];
}

/** Makes command lines for this machine. */
export class Launcher implements Sandbox {
  /** The program that runs agents. */
  readonly deno: string;
  /** What this machine lets the step have. */
  readonly machine: Machine;
  /** Where control groups may be made, if anywhere. */
  readonly delegated: Delegated | undefined;
  readonly #setpriv: string | undefined;

  private constructor(setpriv: string | undefined, deno: string, lines: readonly string[]) {
    this.#setpriv = setpriv;
    this.deno = deno;
    this.machine = readMachine(lines);
    this.delegated = readDelegated(lines);
  }

  /** Whether the kernel ends a child when its supervisor is gone; elsewhere the end of its stdin has to do. */
  get tied(): boolean {
    return this.#setpriv !== undefined;
  }

  /**
   * Looks at what this machine has, and tries the limits once.
   *
   * Needs run permission for `/bin/sh`.
   *
   * @param deno The program that runs agents; absent: the one that runs this.
   * @throws {StepFailed} If the limits can't be set.
   */
  static async find(limits: ProcessLimits, deno: string = Deno.execPath()): Promise<Launcher> {
    const script = `PATH=${programFolders}
      ${machineWords}
      ${delegationWords}
      ${limitCommands(limits)} || exit 9
      path=$(command -v setpriv) && "$path" --pdeathsig KILL -- true && echo "setpriv:$path"; exit 0`;
    const { code, stdout, stderr } = await new Deno.Command(shell, {
      args: ["-c", script],
      clearEnv: true,
      env: {},
      cwd: "/",
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).output();
    if (code !== 0) {
      throw new StepFailed({
        code: "limits.unavailable",
        message: "Cannot start agents as this machine must let a process limit itself to what config.json's `limits` " +
          `say: ${new TextDecoder().decode(stderr).trim() || `the shell ended with code ${code}`}.`,
      });
    }
    const lines = new TextDecoder().decode(stdout).split("\n");
    const setpriv = lines.find((line) => line.startsWith("setpriv:"))?.slice("setpriv:".length);
    return new Launcher(setpriv, deno, lines);
  }

  sandboxed(script: string, limits: ProcessLimits, steps: number): CommandLine {
    return this.limited([this.deno, ...sandboxFlags(steps), script], limits);
  }

  /**
   * The command line that runs any program under limits.
   *
   * One shell sets the limits and becomes `setpriv`, which becomes the program: 2.5 ms in all, as much as `prlimit`
   * and `setpriv` in a row, and there is a shell where there is no `prlimit`.
   */
  limited(command: readonly string[], limits: ProcessLimits): CommandLine {
    const tie = this.#setpriv === undefined ? [] : [this.#setpriv, "--pdeathsig", "KILL", "--"];
    return { program: shell, args: ["-c", `${limitCommands(limits)} && exec "$@"`, "sh", ...tie, ...command] };
  }
}
