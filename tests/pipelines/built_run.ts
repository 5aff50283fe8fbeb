import { assertEquals } from "@std/assert";
import { beginWith } from "../begun.ts";
import { NamedRun } from "./named_run.ts";

/** A run whose agents are built and whose first cycle is open. */
export async function built(count: number): Promise<NamedRun> {
  const run = await NamedRun.make();
  await beginWith(`NamedRun built ${count}`, () => begun(count), run.paths.root);
  return run;
}

/** Makes one, and gives its folder. */
async function begun(count: number): Promise<string> {
  const run = await NamedRun.make();
  for (const step of [["init", "--count", `${count}`], ["scan"], ["sync-wiring"], ["build"]]) {
    const [name, ...flags] = step;
    const { code, stderr } = name === "init" ? await run.init(...flags) : await run.step(name!, flags);
    assertEquals(code, 0, stderr);
  }
  await Deno.remove(run.template, { recursive: true });
  return run.paths.root;
}
