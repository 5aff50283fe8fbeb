/**
 * The shell: the only program that `supervise` may start.
 *
 * @module
 */

/** The only program that `supervise` may start; it becomes all others. */
export const shell = "/bin/sh";

/** Where programs such as `setpriv` may lie; the environment's PATH decides nothing. */
export const programFolders = "/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin";

/** Environment of a process without permissions: nothing but a cache folder that can't be, so that nothing persists. */
export const sandboxEnvironment: Readonly<Record<string, string>> = { DENO_DIR: "/dev/null/none" };

/** Starts a program as the leader of a group, with nothing of this process's environment. Needs run permission for it. */
export function startLeader(program: string, args: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(program, {
    args: args as string[],
    clearEnv: true,
    env: sandboxEnvironment,
    cwd: "/",
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  }).spawn();
}

/** A text as one word of the shell, on one line. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''").replaceAll("\n", "'\"$newline\"'")}'`;
}

/**
 * Runs a script with arguments to its end, in an environment that holds nothing and a group of its own: what comes from a
 * terminal comes to the step alone.
 *
 * Needs run permission for `/bin/sh`.
 */
export async function sh(
  script: string,
  ...args: string[]
): Promise<{ readonly code: number; readonly stdout: string }> {
  const { code, stdout } = await new Deno.Command(shell, {
    args: ["-c", `PATH=${programFolders}; ${script}`, "sh", ...args],
    clearEnv: true,
    env: {},
    cwd: "/",
    stdin: "null",
    stdout: "piped",
    stderr: "null",
    detached: true,
  }).output();
  return { code, stdout: new TextDecoder().decode(stdout) };
}
