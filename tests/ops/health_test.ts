import { assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { hasProgram } from "../has_program.ts";
import { RunLock } from "../../lib/run/lock.ts";
import { TestRun } from "../step/_run.ts";

/** What the health check of the container says of a run, asked from another folder. */
async function health(...args: string[]): Promise<string> {
  const { code, stdout } = await new Deno.Command(`${projectRoot}/ops/container/health`, { args, cwd: "/" }).output();
  return `${code} ${new TextDecoder().decode(stdout).trim()}`;
}

const ignore = !hasProgram("flock");

Deno.test("ops/container/health: a run is healthy while a step holds its lock and records", { ignore }, async () => {
  await using test = new TestRun().list(2);
  const { name, paths } = test;
  assertEquals(await health(name), `1 unhealthy: no step is at work on run ${name}`);

  const signal = new AbortController().signal;
  const lock = await RunLock.take(paths, { step: "lifecycle", chain: true, signal, onWait: () => {} });
  assertEquals(await health(name), `0 run ${name} is at work`);

  const old = Date.now() / 1000 - 3000;
  for (const { name: file } of Deno.readDirSync(paths.workspace)) {
    if (/^listing\.db(-wal)?$/.test(file)) Deno.utimeSync(`${paths.workspace}/${file}`, old, old);
  }
  assertEquals(await health(name), `1 unhealthy: nothing was recorded on run ${name} for 900 s`);
  assertEquals(await health(name, "6000"), `0 run ${name} is at work`);
  lock[Symbol.dispose]();
  assertEquals(await health(name, "6000"), `1 unhealthy: no step is at work on run ${name}`);
});

Deno.test("ops/container/health: without a run there is no health", async () => {
  assertEquals(await health("no-such-run"), "1 unhealthy: there is no run no-such-run");
});
