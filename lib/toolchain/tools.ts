/**
 * The type checker and the bundler: native programs, started under limits by their paths with an empty environment.
 *
 * @module
 */

import { projectRoot } from "../run/paths.ts";
import { isFromOutside, launch, type ProcessEnd } from "../isolation/launch.ts";
import { type CommandLine, Launcher } from "../isolation/launcher.ts";
import type { ProcessLimits } from "../isolation/limits.ts";
import { StepFailed } from "../util/issue.ts";

/** The versions of the tools. */
export const toolVersions = { esbuild: "0.28.2", typescript: "7.0.2" } as const;

/** The name of a tool. */
export type Tool = keyof typeof toolVersions;

/** What a tool may take. CPU time decides, which is alike on a busy machine; the clock is there for a tool that waits. */
export const toolLimits: ProcessLimits = {
  memoryMiB: 512,
  cpuSeconds: 5,
  wallSeconds: 300,
  outputKiB: 64 * 1024,
  descriptors: 256,
  filesKiB: 256 * 1024,
};

/** What a tool said. */
export interface ToolOutput {
  /** Exit code; 0 means that the tool found nothing wrong. */
  readonly code: number;
  readonly stdout: string;
  /** The end of what it wrote on stderr. */
  readonly stderr: string;
  /** How it came to an end that is none of its own, where it did. */
  readonly failed?: ToolFailure;
}

/** An end of a tool that is none of its own. */
export interface ToolFailure {
  /** Words for it. */
  readonly why: string;
  /** Whether it reached a limit of its own that no other process has a part in, so that its text was too much for it. */
  readonly isSpent: boolean;
}

const platform = `${{ linux: "linux", darwin: "darwin" }[Deno.build.os as string] ?? Deno.build.os}-${
  { x86_64: "x64", aarch64: "arm64" }[Deno.build.arch]
}`;

/** The path of a tool's program, relative to the project. */
export function toolPath(tool: Tool): string {
  const version = toolVersions[tool];
  return tool === "esbuild"
    ? `node_modules/.deno/@esbuild+${platform}@${version}/node_modules/@esbuild/${platform}/bin/esbuild`
    : `node_modules/.deno/@typescript+typescript-${platform}@${version}/node_modules/@typescript/` +
      `typescript-${platform}/lib/tsc`;
}

let launcher: Promise<Launcher> | undefined;

/** What starts the tools, and programs that are tried. Needs run permission for `/bin/sh`. */
export function toolLauncher(): Promise<Launcher> {
  return launcher ??= Launcher.find(toolLimits);
}

// One thread, so that CPU time is no more than time.
const start = 'cd "$1" && shift && export GOMAXPROCS=1 && exec "$@"';

/**
 * The command line of a tool under limits.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @throws {StepFailed} If the tool can't work where the project lies.
 */
export async function toolCommand(
  tool: Tool,
  args: readonly string[],
  folder: string,
  limits: ProcessLimits = toolLimits,
): Promise<CommandLine> {
  if (tool === "typescript" && projectRoot.includes("\\")) throw misplaced();
  const program = `${projectRoot}/${toolPath(tool)}`;
  return (await toolLauncher()).limited(["/bin/sh", "-c", start, "sh", folder, program, ...args], limits);
}

/**
 * Runs a tool to its end.
 *
 * Needs run permission for `/bin/sh`. To be called from the main thread.
 *
 * @param folder The folder to run it in; what it prints is relative to that.
 * @param signal Ends the tool.
 * @throws {StepFailed} If the program is not installed, or ended for the machine's sake.
 */
export async function runTool(
  tool: Tool,
  args: readonly string[],
  folder: string,
  signal?: AbortSignal,
): Promise<ToolOutput> {
  const { wallSeconds, outputKiB } = toolLimits;
  const end = await launch(await toolCommand(tool, args, folder), new Uint8Array(), {
    wallMs: wallSeconds * 1000,
    outputBytes: outputKiB * 1024,
    stderrBytes: 64 * 1024,
    signal,
  });
  signal?.throwIfAborted();
  const decoder = new TextDecoder();
  const [stdout, stderr] = [decoder.decode(end.stdout), decoder.decode(end.stderr)];
  return { code: end.code, stdout, stderr, failed: failureOf(tool, end) };
}

/**
 * Runs a tool on a text, and once more where it fails though it does its work on a text that is too much for none.
 *
 * @param run Runs it.
 * @param control Runs it on hardly any text.
 * @returns What came of the text; a failure of this is due to the text.
 * @throws {StepFailed} If it fails on hardly any text as well: then it is the machine that does not let it work.
 */
export async function runProven<R extends { readonly failed?: ToolFailure }>(
  tool: Tool,
  run: () => Promise<R>,
  control: () => Promise<{ readonly failed?: ToolFailure }>,
): Promise<R> {
  const first = await run();
  if (first.failed === undefined || first.failed.isSpent) return first;
  const { failed } = await control();
  if (failed === undefined) return await run();
  throw stopped(
    tool,
    `${first.failed.why}, and with hardly any text as well (${failed.why}). Look whether processes, threads and memory ` +
      "are left, and run the step again",
  );
}

/**
 * How a tool ended, where that was not its own doing.
 *
 * @throws {StepFailed} If it can't be the text: the program is missing, ended from outside, or waited too long.
 */
export function failureOf(
  tool: Tool,
  end: ProcessEnd,
  { wallSeconds, cpuSeconds, memoryMiB }: ProcessLimits = toolLimits,
): ToolFailure | undefined {
  const { code, signal, exceeded, wallMs } = end;
  if (exceeded === "wall") throw stopped(tool, `it took longer than ${wallSeconds} s`);
  if (exceeded === "output") return { why: "it said more than it may", isSpent: true };
  if (signal === null && (code === 126 || code === 127)) throw missing(tool);
  // The engine of both tools passes over the signal that comes first.
  const spent = wallMs >= cpuSeconds * 1000;
  if (signal === "SIGXCPU" || (signal === "SIGKILL" && spent)) {
    return { why: `it took more than ${cpuSeconds} s of CPU time`, isSpent: true };
  }
  if (isFromOutside(signal)) {
    throw stopped(tool, `it was ended from outside, by ${signal}`);
  }
  if (/out of memory|cannot allocate memory/i.test(new TextDecoder().decode(end.stderr.slice(0, 1 << 16)))) {
    return { why: `it took more than ${memoryMiB} MiB of memory`, isSpent: false };
  }
  if (signal !== null) return { why: `it ended by ${signal}`, isSpent: false };
  return code > 1 ? { why: `it ended with exit code ${code}`, isSpent: false } : undefined;
}

function stopped(tool: Tool, why: string): StepFailed {
  return new StepFailed({ code: "machine.tool", message: `Cannot go on as ${tool} must come to its end: ${why}.` });
}

function missing(tool: Tool): StepFailed {
  return new StepFailed({
    code: "build.tool",
    message: `Cannot build as ${tool} ${toolVersions[tool]} must be installed for ${platform}; run \`deno install\`.`,
    path: toolPath(tool),
  });
}

/** The compiler looks for its own files below the path of its program, in which it takes each backslash for a separator. */
function misplaced(): StepFailed {
  return new StepFailed({
    code: "machine.path",
    message: "Cannot check types as the path of the project must have no backslash, which the compiler takes for a " +
      `separator: it is ${projectRoot}. Move or rename the folder.`,
  });
}
