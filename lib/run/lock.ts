/**
 * The lock of a run: one step at a time writes it.
 *
 * There are two files. `run.lock` is held by a step that was started by itself, or by a chain of steps (`lifecycle`) for as
 * long as it lasts; its content says what holds it. `step.lock` is held by each step that writes, whether it took
 * `run.lock` itself or works under its chain's: should a chain be killed, the step that it had started may live on a
 * moment, and the next chain waits for it before it looks where the run stands. The kernel frees both when a process
 * ends, however it ends.
 *
 * @module
 */

import type { RunPaths } from "./paths.ts";
import { demandFile, infoOf } from "../util/files.ts";
import { StepFailed } from "../util/issue.ts";
import { UnfitFile } from "../util/system_error.ts";

/** What holds a lock. */
export interface Holder {
  readonly pid: number;
  readonly step: string;
  /** Time of day in ISO 8601. */
  readonly since: string;
  /** What a child process has to show to work under this lock. */
  readonly token: string;
}

/** How a lock is taken. */
export interface LockOptions {
  /** The step that takes it. */
  readonly step: string;
  /** The value of `--lock`: the chain's token. */
  readonly token?: string;
  /** Whether this is a chain: its steps write, it does not itself. */
  readonly chain: boolean;
  /** Whether the run may be a new one: its workspace is made where it is missing. @default false */
  readonly creates?: boolean;
  readonly signal: AbortSignal;
  /** Called once for each lock that another process holds, before it is waited for. */
  readonly onWait: (holder: Holder | undefined) => void;
}

/** A lock that is held until it is released, or until this process ends. */
export class RunLock implements Disposable {
  readonly token: string;
  readonly #files: Deno.FsFile[];
  readonly #made: readonly string[];

  private constructor(token: string, files: Deno.FsFile[], made: readonly string[]) {
    this.token = token;
    this.#files = files;
    this.#made = made;
  }

  /**
   * Takes the lock of a run; waits for what holds it.
   *
   * Needs read and write permission for the two lock files in the run's workspace, which must exist or be made.
   *
   * @throws {StepFailed} If the token is not that of the chain that holds the lock now.
   * @throws The signal's reason, if it is aborted while waiting.
   */
  static async take(paths: RunPaths, options: LockOptions): Promise<RunLock> {
    const files: Deno.FsFile[] = [];
    try {
      const { run, step } = lockFiles(paths);
      const made = options.creates ? [step, run, paths.workspace, paths.root].filter((path) => !infoOf(path)) : [];
      let token = options.token;
      if (token === undefined) {
        const holder = describe(options.step);
        token = holder.token;
        files.push(await hold(run, options));
        write(files[0]!, holder);
      } else {
        checkToken(run, token);
      }
      const working = await hold(step, options);
      if (options.chain) {
        // Nothing can take it now but the steps of this chain.
        working.close();
      } else {
        files.push(working);
        // The chain may have ended, and another one may have begun, while its former step was waited for.
        if (options.token !== undefined) checkToken(run, token);
        write(files.at(-1)!, describe(options.step));
      }
      return new RunLock(token, files, made);
    } catch (error) {
      for (const file of files) file.close();
      throw error;
    }
  }

  /** Gives the lock to what waits for it. */
  release(): void {
    for (const file of this.#files.toReversed()) {
      file.truncateSync(0);
      file.close();
    }
    this.#files.length = 0;
  }

  /**
   * Gives the lock up and removes what taking it has made, as there is to be no run.
   *
   * What waits for it sees that its file is gone, and makes all of that anew. What holds something else stays.
   */
  withdraw(): void {
    for (const path of this.#made) {
      try {
        Deno.removeSync(path);
      } catch {
        // It holds what something else has put there.
      }
    }
    this.release();
  }

  [Symbol.dispose](): void {
    this.release();
  }
}

/** The lock files of a run. */
export function lockFiles(paths: RunPaths): { readonly run: string; readonly step: string } {
  return { run: `${paths.workspace}/run.lock`, step: `${paths.workspace}/step.lock` };
}

/**
 * What holds a lock file, or `undefined` if nothing does.
 *
 * @returns `"unknown"` if it is held by a process that has not written its name yet.
 */
export function holderOf(path: string): Holder | "unknown" | undefined {
  let file: Deno.FsFile;
  try {
    demandLockFile(path);
    file = Deno.openSync(path, { read: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  try {
    // Shared, so that two that ask do not see each other.
    return file.tryLockSync(false) ? undefined : read(path) ?? "unknown";
  } finally {
    file.close();
  }
}

/** Most bytes that a lock file has: its holder's name. */
const mostBytes = 4096;

/** Opening a pipe would wait for its other end, and hear no signal. */
function demandLockFile(path: string): void {
  try {
    demandFile(path, mostBytes);
  } catch (error) {
    if (!(error instanceof UnfitFile)) throw error;
    throw new StepFailed({
      code: "lock.file",
      message: `Cannot use ${path} as it must be a file of at most ${mostBytes} bytes; remove it while no step runs.`,
      path,
    }, { cause: error });
  }
}

/** Holds the file that has this path: what had it before may have removed it, so that another one is there by now. */
async function hold(path: string, options: LockOptions): Promise<Deno.FsFile> {
  for (;;) {
    const file = await lock(path, options);
    if (file && isAt(file, path)) return file;
    file?.close();
  }
}

/** A file that is locked, or `undefined` where its folder was removed just now. */
async function lock(path: string, options: LockOptions): Promise<Deno.FsFile | undefined> {
  const file = open(path, options.creates);
  try {
    if (!file || file.tryLockSync(true)) return file;
    options.onWait(read(path));
    await aborted(file.lock(true), options.signal);
    return file;
  } catch (error) {
    file?.close();
    throw error;
  }
}

function open(path: string, creates = false): Deno.FsFile | undefined {
  try {
    if (creates) Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    demandLockFile(path);
    return Deno.openSync(path, { read: true, write: true, create: true });
  } catch (error) {
    if (creates && error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Whether a file that is held is the one that has this path: what is written here is read there.
 *
 * To ask the file for its inode would need permission for where links lead.
 */
function isAt(file: Deno.FsFile, path: string): boolean {
  const mark = crypto.randomUUID();
  overwrite(file, mark);
  try {
    return Deno.readTextFileSync(path) === mark;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  } finally {
    file.truncateSync(0);
  }
}

async function aborted(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    await Promise.race([wait, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
    wait.catch(() => {});
  }
}

function checkToken(path: string, token: string): void {
  const holder = holderOf(path);
  if (holder && holder !== "unknown" && holder.token === token) return;
  throw new StepFailed({
    code: "lock.token",
    message: "Cannot work under the lock that --lock names as nothing holds it any more; run the step without --lock.",
    path,
  });
}

function describe(step: string): Holder {
  return { pid: Deno.pid, step, since: new Date().toISOString(), token: crypto.randomUUID() };
}

function write(file: Deno.FsFile, holder: Holder): void {
  overwrite(file, `${JSON.stringify(holder)}\n`);
}

function overwrite(file: Deno.FsFile, text: string): void {
  const bytes = new TextEncoder().encode(text);
  file.truncateSync(0);
  file.seekSync(0, Deno.SeekMode.Start);
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
}

function read(path: string): Holder | undefined {
  try {
    const value = JSON.parse(Deno.readTextFileSync(path));
    const { pid, step, since, token } = value;
    const whole = Number.isSafeInteger(pid) && [step, since, token].every((text) => typeof text === "string");
    return whole ? { pid, step, since, token } : undefined;
  } catch {
    return undefined;
  }
}
