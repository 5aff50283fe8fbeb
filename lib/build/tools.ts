/**
 * The type checker and the bundler: native programs, started by their paths with an empty environment.
 *
 * @module
 */

import { projectRoot } from "../agents/paths.ts";
import { StepFailed } from "../issue.ts";

/** The versions of the tools; the paths in deno.json's set `build` name them too. */
export const toolVersions = { esbuild: "0.28.2", typescript: "7.0.2" } as const;

/** The name of a tool. */
export type Tool = keyof typeof toolVersions;

/** What a tool said. */
export interface ToolOutput {
  /** Exit code; 0 means that the tool found nothing wrong. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
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

/**
 * Runs a tool to its end.
 *
 * Needs run permission for the program's path.
 *
 * @param folder The folder to run it in; what it prints is relative to that.
 * @param signal Ends the tool.
 * @throws {StepFailed} If the program is not installed.
 */
export async function runTool(
  tool: Tool,
  args: readonly string[],
  folder: string,
  signal?: AbortSignal,
): Promise<ToolOutput> {
  const command = new Deno.Command(`${projectRoot}/${toolPath(tool)}`, {
    args: [...args],
    cwd: folder,
    clearEnv: true,
    env: {},
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal,
  });
  try {
    const { code, stdout, stderr } = await command.output();
    signal?.throwIfAborted();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new StepFailed({
      code: "build.tool",
      message: `Cannot build as ${tool} ${toolVersions[tool]} must be installed for ${platform}; run \`deno install\`.`,
      path: toolPath(tool),
    }, { cause: error });
  }
}
