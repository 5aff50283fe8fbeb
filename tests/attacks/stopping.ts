/**
 * Attacks on `stop`: a step holds a run's lock, and the file says something else.
 *
 * @module
 */

import { lockFiles } from "../../lib/run/lock.ts";
import { begin, fixture, pipeline, run, TestRun } from "../step/_run.ts";
import { type Attack, stops } from "./attack.ts";
import { outside } from "./strangers.ts";

/** An attack on `stop`. */
export interface StopAttack {
  readonly goal: string;
  readonly way: string;
  /** Code of the issue that it must meet, or words of its message. */
  readonly by: string;
  /** Changes the lock's file, of which the content is given; `victim` is the id of a process that must not end. */
  readonly plant: (path: string, held: Readonly<Record<string, unknown>>, victim: number) => void;
}

/** An attack on `stop`, tried beside a step that works and a process that has nothing to do with it. */
export function stopAttack({ goal, way, by, plant }: StopAttack): Attack {
  return outside({
    goal,
    way,
    layer: "kernel",
    expect: stops(by),
    async run() {
      await using test = new TestRun().list(0);
      const stranger = new Deno.Command("sleep", { args: ["600"] }).spawn();
      const holder = begin(fixture("probe_step.ts", "--run", test.name, "--mode", "hold"));
      try {
        await holder.saw("probe.at-work");
        const { run: path } = lockFiles(test.paths);
        plant(path, JSON.parse(Deno.readTextFileSync(path)), stranger.pid);
        const { code, err } = await run(pipeline("stop", "--run", test.name));
        const harmed = [stranger.pid, holder.child.pid].filter((pid) => !isThere(pid));
        return { succeeded: code !== 1 || harmed.length > 0, how: `exit code ${code}, ended ${harmed}: ${err}` };
      } finally {
        for (const child of [stranger, holder.child]) child.kill("SIGKILL");
        await Promise.all([stranger.status, holder.ended]);
      }
    },
  });
}

function isThere(pid: number): boolean {
  const { stdout } = new Deno.Command("ps", { args: ["-o", "stat=", "-p", String(pid)] }).outputSync();
  return /^[^Z\s]/.test(new TextDecoder().decode(stdout).trim());
}
