import { assert } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { pipeline } from "../step/_run.ts";
import type { Population } from "./_population.ts";

/**
 * Starts a step and ends it when so many changes have been seen in the run's folder.
 *
 * @returns False if it was done before that.
 */
export async function cutShort(
  run: Population,
  step: string,
  flags: readonly string[],
  way: "group" | "parent" | "interrupt",
  changes: number,
): Promise<boolean> {
  await Deno.mkdir(run.paths.workspace, { recursive: true });
  await Deno.mkdir(run.paths.agents, { recursive: true });
  using watcher = Deno.watchFs([run.paths.agents, run.paths.workspace], { recursive: true });
  const child = new Deno.Command("setsid", {
    args: [Deno.execPath(), ...pipeline(step, "--run", run.name, ...flags)],
    cwd: projectRoot,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const pid = way === "parent" ? child.pid : -child.pid;
  (async () => {
    for await (const _ of watcher) if (--changes === 0) Deno.kill(pid, way === "interrupt" ? "SIGINT" : "SIGKILL");
  })().catch(() => {}); // It was done in between.
  const { code } = await child.status;
  assert([0, way === "interrupt" ? 130 : 137].includes(code), `${step} ended with ${code} after ${way}`);
  return code !== 0;
}
