/**
 * The command line of a process that is shut up in namespaces of its own by bubblewrap.
 *
 * @module
 */

import { StepFailed } from "../util/issue.ts";
import { launch } from "./launch.ts";
import { type CommandLine, type Launcher, type Sandbox, sandboxFlags } from "./launcher.ts";
import { programFolders, sh } from "../util/shell.ts";
import type { ProcessLimits } from "./limits.ts";
import { lastErrorLine } from "../util/text.ts";

/** What is switched on, whatever is to be run: it reaches nothing, owns nothing and can write nothing. */
const walls = [
  "--unshare-all",
  "--cap-drop",
  "ALL",
  "--new-session",
  "--die-with-parent",
  "--uid",
  "65534",
  "--gid",
  "65534",
  "--hostname",
  "agent",
  "--clearenv",
  "--setenv",
  "DENO_DIR",
  "/none",
] as const;

/** Where the program that runs agents, and the agent's own, lie within the walls. */
const [denoInside, scriptInside] = ["/deno", "/agent.js"];

/** How long a process may take that only tells its version, in milliseconds. */
const trialMs = 20_000;

/**
 * Makes command lines for processes that see nothing of this machine but Deno, the libraries that it needs, and one
 * script, all of it read-only: no `/proc`, no `/dev`, no network, no other process, and of an account only a number
 * that belongs to no account within the walls.
 */
export class Bubblewrap implements Sandbox {
  readonly #launcher: Launcher;
  readonly #program: string;
  readonly #mounts: readonly string[];

  private constructor(launcher: Launcher, program: string, mounts: readonly string[]) {
    this.#launcher = launcher;
    this.#program = program;
    this.#mounts = mounts;
  }

  /**
   * Looks for bubblewrap and tries it once.
   *
   * Needs run permission for `/bin/sh`.
   *
   * @param folders Where it may lie, separated by colons. @default the machine's usual ones
   * @throws {StepFailed} If it is not installed, or this machine does not let it work.
   */
  static async find(launcher: Launcher, limits: ProcessLimits, folders: string = programFolders): Promise<Bubblewrap> {
    const { program, libraries } = await look(launcher.deno, folders);
    if (program === undefined) throw missing();
    const mounts = [[launcher.deno, denoInside], ...libraries.map((path) => [path, path])]
      .flatMap(([from, to]) => ["--ro-bind", from!, to!]);
    const found = new Bubblewrap(launcher, program, mounts);
    const trial = found.#walled([], [denoInside, "--version"], limits);
    const { code, stderr } = await launch(trial, new Uint8Array(), { wallMs: trialMs, outputBytes: 65_536 });
    if (code !== 0) throw broken(lastErrorLine(stderr) || `it ended with code ${code}`);
    return found;
  }

  sandboxed(script: string, limits: ProcessLimits, steps: number): CommandLine {
    const command = [denoInside, ...sandboxFlags(steps), scriptInside];
    return this.#walled(["--ro-bind", script, scriptInside], command, limits);
  }

  /**
   * The command line that runs Deno within the walls with other flags: for proofs that they hold by themselves.
   *
   * @param flags All that stands before the script.
   */
  walled(script: string, flags: readonly string[], limits: ProcessLimits): CommandLine {
    return this.#walled(["--ro-bind", script, scriptInside], [denoInside, ...flags, scriptInside], limits);
  }

  #walled(mounts: readonly string[], command: readonly string[], limits: ProcessLimits): CommandLine {
    const args = [...walls, ...this.#mounts, ...mounts, "--remount-ro", "/", "--chdir", "/", "--", ...command];
    return { ...this.#launcher.limited([this.#program, ...args], limits), relays: true };
  }
}

/** Where bubblewrap lies, and which libraries the dynamic linker takes for Deno. */
async function look(deno: string, folders: string): Promise<{ program?: string; libraries: readonly string[] }> {
  const script = 'PATH=$2; command -v bwrap || exit 8; LD_TRACE_LOADED_OBJECTS=1 "$1" --version';
  const { code, stdout } = await sh(script, deno, folders);
  if (code === 8) return { libraries: [] };
  const [program, ...lines] = stdout.split("\n");
  const libraries = lines.map((line) => /^\s+(?:\S+ => )?(\/.+) \(0x[0-9a-f]+\)$/.exec(line)?.[1]);
  return { program, libraries: libraries.filter((path) => path !== undefined) };
}

function missing(): StepFailed {
  return new StepFailed({
    code: "bwrap.missing",
    message:
      "Cannot isolate agents as bubblewrap must be installed; install it (Debian: `apt-get install bubblewrap`) " +
      "or use another --isolation.",
  });
}

function broken(words: string): StepFailed {
  return new StepFailed({
    code: "bwrap.broken",
    message: `Cannot isolate agents as bubblewrap must be able to make namespaces here: ${words}. ` +
      "Let it (sysctl kernel.unprivileged_userns_clone=1, on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0, in a " +
      "container its security profile) or use another --isolation.",
  });
}
