import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { StepFailed } from "../../lib/util/issue.ts";
import { demandMachine, demandSpace, type MachineNeeds, spaceOfAgent } from "../../lib/run/preflight.ts";
import { MadeRun } from "../steps/supervise/made_run.ts";

const plenty = { descriptors: 100_000, threads: 100_000, memoryMiB: 1_000_000 };
const needs: MachineNeeds = { processes: 10, working: 3, memoryMiB: 256, evaluations: 100 };
const here = import.meta.dirname!;

async function refused(machine: Partial<typeof plenty>, changed: Partial<MachineNeeds> = {}) {
  const error = await assertRejects(
    () => demandMachine({ ...plenty, ...machine }, here, { ...needs, ...changed }),
    StepFailed,
  );
  return error.issue;
}

Deno.test("demandMachine() bears what suffices, and what the system does not tell", async () => {
  await demandMachine(plenty, here, needs);
  await demandMachine({}, here, needs);
  await demandMachine({ descriptors: 94, threads: 144, memoryMiB: 1088 }, here, needs);
});

Deno.test("demandMachine() says of each thing how much is needed and had", async () => {
  const descriptors = await refused({ descriptors: 93 });
  assertEquals(descriptors.code, "machine.descriptors");
  assertStringIncludes(descriptors.message, "94 descriptors for one process: it has 93 (`ulimit -n 94` raises that");
  const memory = await refused({ memoryMiB: 1087 });
  assertEquals(memory.code, "machine.memory");
  assertStringIncludes(memory.message, "1088 MiB of memory available: it has 1087");
  const disk = await refused({}, { evaluations: 1e12 });
  assertEquals(disk.code, "machine.disk");
  assertStringIncludes(disk.message, "31250000004 MiB free on its disk: it has ");
});

Deno.test("demandMachine() warns of what is only an estimate", async () => {
  const said: string[] = [];
  await demandMachine({ ...plenty, threads: 143 }, here, needs, (text) => said.push(text));
  assertEquals(said.length, 1);
  assertStringIncludes(said[0]!, "144 threads left to be started: it has 143");
});

Deno.test("demandMachine() is one message for all that is lacking", async () => {
  const { code, message } = await refused({ descriptors: 10, memoryMiB: 20 });
  assertEquals(code, "machine.descriptors");
  assert(/94 descriptors .* and 1088 MiB .*Nothing was started\.$/.test(message), message);
});

Deno.test("supervise(): what the machine has too little of is said before anything is started", async () => {
  const run = await MadeRun.make(["honest", "honest"], { config: { limits: { memoryMiB: 65_536 } } });
  run.concurrency = 1024;
  // The judge and two evaluations of 64 GiB each.
  const error = await assertRejects(() => run.supervise(), StepFailed);
  assertEquals(error.issue.code, "machine.memory");
  assertStringIncludes(error.message, "196704 MiB of memory available: it has ");
  assertEquals(run.rows("SELECT 1 FROM evaluations"), []);
});

Deno.test("demandSpace() refuses what no disk holds, with the numbers", async () => {
  const space = spaceOfAgent([1, 5000]);
  assertEquals(space, { bytes: (1 + 2 + 7) * 4096 + 4096, files: 9 });
  const refused = (message: string) => new StepFailed({ code: "no.room", message });
  await demandSpace(here, space, refused);
  const error = await assertRejects(() => demandSpace(here, { bytes: 2 ** 60, files: 1 }, refused), StepFailed);
  assert(/^1099511627776 MiB free on its disk: it has \d+ \(/.test(error.message), error.message);
});
