import { assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { runTwins, type TwinJob, twinProgram, type TwinRun } from "../../lib/twin/twin.ts";
import { type Asked, bySteps, byTwin, jobOf } from "./_pipeline.ts";

const onemax = `${projectRoot}/examples/onemax`;

async function twinOf(asked: Asked): Promise<TwinRun> {
  const program = await twinProgram(asked.template);
  const jobs: TwinJob[] = [jobOf(asked)];
  const [run] = await Array.fromAsync(runTwins(program, jobs, { workers: 1 }));
  return run!;
}

Deno.test("a twin comes to what the steps come to, with the default template's mail and memory", async () => {
  const asked = { template: `${projectRoot}/agent_template`, config: {}, count: 10, cycles: 3 };
  assertEquals(byTwin(await twinOf(asked)), await bySteps(asked));
});

for (const strategy of ["truncation-tournament", "one-plus-one"]) {
  Deno.test(`a twin comes to what the steps come to, by ${strategy}`, async () => {
    const asked = { template: onemax, config: { selection: { strategy } }, count: 6, cycles: 3 };
    assertEquals(byTwin(await twinOf(asked)), await bySteps(asked));
  });
}
