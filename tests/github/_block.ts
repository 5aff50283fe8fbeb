/**
 * Executes a block of bash with the files by which GitHub's runner is told of outputs, paths and summaries.
 *
 * @module
 */

import type { Folders } from "./_stand_ins.ts";

/** A block and its environment. */
export interface Block {
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly path?: string;
  /** Once it has written this, the job is cancelled: the shell alone is signalled. */
  readonly cancelAt?: string;
}

/** How a block ended. */
export interface BlockEnd {
  readonly code: number;
  readonly cancelled: boolean;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Folders that the following steps find programs in. */
  readonly paths: readonly string[];
}

/** Runs a block in the workspace, under the shell that `shell: bash` means. */
export async function runBlock(block: Block, folders: Folders): Promise<BlockEnd> {
  const files = await Deno.makeTempDir({ dir: folders.temp });
  const file = (name: string) => `${files}/${name}`;
  for (const name of ["output", "env", "path", "block.sh"]) {
    await Deno.writeTextFile(file(name), name === "block.sh" ? block.script : "");
    await Deno.chmod(file(name), 0o666);
  }
  await Deno.chmod(files, 0o755);
  const [program, ...args] = [...folders.user, "bash", "--noprofile", "--norc", "-eo", "pipefail", file("block.sh")];
  const child = new Deno.Command(program!, {
    args,
    cwd: folders.workspace,
    clearEnv: true,
    env: {
      PATH: block.path ?? folders.path,
      HOME: folders.home,
      DENO_DIR: folders.denoDir,
      NO_COLOR: "1",
      CI: "true",
      RUNNER_TEMP: folders.temp,
      GITHUB_WORKSPACE: folders.workspace,
      GITHUB_RUN_ID: folders.runId,
      GITHUB_RUN_ATTEMPT: "1",
      GITHUB_OUTPUT: file("output"),
      GITHUB_ENV: file("env"),
      GITHUB_PATH: file("path"),
      GITHUB_STEP_SUMMARY: folders.summary,
      ...block.env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let log = "", cancelled = false;
  const gather = async (stream: ReadableStream<Uint8Array>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      log += text;
      if (!cancelled && block.cancelAt !== undefined && log.includes(block.cancelAt)) {
        cancelled = true;
        child.kill("SIGINT");
      }
    }
  };
  const [{ code }] = await Promise.all([child.status, gather(child.stdout), gather(child.stderr)]);
  if ((await Deno.readTextFile(file("env"))) !== "") throw new Error("Unknown: a block that sets GITHUB_ENV");
  return {
    code,
    cancelled,
    log,
    outputs: assignments(await Deno.readTextFile(file("output"))),
    paths: (await Deno.readTextFile(file("path"))).split("\n").filter((line) => line !== ""),
  };
}

/** Lines `name=value`; the form for several lines is not used. */
function assignments(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line !== "");
  return Object.fromEntries(lines.map((line) => {
    const at = line.indexOf("=");
    if (at <= 0) throw new Error(`Unknown output: ${line}`);
    return [line.slice(0, at), line.slice(at + 1)];
  }));
}

/** The errors that a log shows beside the job: commands count unless they are stopped. */
export function annotations(log: string): string[] {
  const found: string[] = [];
  let stopped: string | undefined;
  for (const line of log.split("\n")) {
    if (stopped !== undefined) {
      if (line.trim() === `::${stopped}::`) stopped = undefined;
    } else if (line.startsWith("::stop-commands::")) stopped = line.slice("::stop-commands::".length).trim();
    else if (line.startsWith("::error")) found.push(line);
  }
  return found;
}
