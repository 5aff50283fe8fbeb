/**
 * Steps as processes of their own, under their own permission sets.
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";
import { pipeline } from "../step/_run.ts";

/** How a process ended. */
export interface Ended {
  readonly code: number;
  readonly stderr: string;
}

/** 128 and the number of SIGKILL. */
export const killed = 137;

/**
 * Starts a step and waits for its end.
 *
 * @param preload A module that is loaded before it; it may end its process, besides what the step may do.
 */
export async function run(step: string, args: readonly string[], preload?: string): Promise<Ended> {
  const [first, ...others] = pipeline(step, ...args);
  const added = preload === undefined ? [] : ["--allow-run", `--preload=${preload}`];
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [first!, ...added, ...others],
    cwd: projectRoot,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

/** The same, for a step that must end well. */
export async function demand(step: string, args: readonly string[], preload?: string): Promise<Ended> {
  const ended = await run(step, args, preload);
  if (ended.code !== 0) throw new Error(`${step} ended with ${ended.code}: ${ended.stderr}`);
  return ended;
}

/** Starts a step and ends it by force after a time, alone or with all that it has started. */
export async function cut(
  step: string,
  args: readonly string[],
  { ms, who }: { readonly ms: number; readonly who: "step" | "group" },
): Promise<Ended> {
  const child = new Deno.Command(Deno.execPath(), {
    args: pipeline(step, ...args),
    cwd: projectRoot,
    stdin: "null",
    stdout: "null",
    stderr: "null",
    detached: true,
  }).spawn();
  const timer = setTimeout(() => Deno.kill(who === "group" ? -child.pid : child.pid, "SIGKILL"), ms);
  const { code } = await child.status;
  clearTimeout(timer);
  return { code, stderr: "" };
}

/** Copies a folder with all in it. */
export async function copy(from: string, to: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("cp", { args: ["-a", from, to] }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
