/**
 * A folder for as long as this process lasts.
 *
 * @module
 */

import { programFolders, shell } from "./shell.ts";

/** Waits until nothing holds the other end of its input any more, however that came about, and removes the folder. */
const sweep = `PATH=${programFolders}; trap "" HUP INT TERM; while read -r _; do :; done
  rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }; rmdir -- "$2" 2>/dev/null; :`;

/**
 * A folder that is gone with this process, whatever ends it: a shell in a group of its own removes it when this process has
 * let go of it, or is no more.
 */
export class SweptFolder implements AsyncDisposable {
  readonly path: string;
  readonly #sweeper: Deno.ChildProcess;

  private constructor(path: string, sweeper: Deno.ChildProcess) {
    this.path = path;
    this.#sweeper = sweeper;
  }

  /**
   * Makes an empty folder that this user alone can enter. Needs write permission for where it is to be, and run permission for
   * `/bin/sh`.
   *
   * @param parent The absolute path of the folder that it is in, which is made where it is missing, and removed where nothing
   * else is left in it.
   */
  static async make(parent: string): Promise<SweptFolder> {
    const path = `${parent}/${Deno.pid}-${crypto.randomUUID()}`;
    // It is there before the folder is, so that there is no instant at which that would be left behind.
    const sweeper = new Deno.Command(shell, {
      args: ["-c", sweep, "sh", path, parent],
      clearEnv: true,
      env: {},
      cwd: "/",
      stdin: "piped",
      stdout: "null",
      stderr: "null",
      detached: true,
    }).spawn();
    const made = new SweptFolder(path, sweeper);
    try {
      await makeIn(parent, path);
    } catch (error) {
      await made[Symbol.asyncDispose]();
      throw error;
    }
    return made;
  }

  /** Removes it with all that is in it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sweeper.stdin.close().catch(() => {});
    await this.#sweeper.status;
  }
}

/** The parent may be removed by another process that has emptied it. */
async function makeIn(parent: string, path: string, tries = 100): Promise<void> {
  await Deno.mkdir(parent, { recursive: true });
  try {
    await Deno.mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound) || tries === 0) throw error;
    await makeIn(parent, path, tries - 1);
  }
}
