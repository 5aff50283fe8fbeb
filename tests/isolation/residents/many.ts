/**
 * 200 residents on whatever machine this is: brought up, killed, made to end again and again, left alone and taken over;
 * `deno task test:residents` runs it, and tells how long each took. `--count N` makes it another number.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { lookAt } from "../../../lib/isolation/residents/processes.ts";
import { stream } from "../../../lib/runtime/random.ts";
import { Population } from "../../acceptance/_population.ts";
import type { Running } from "../../step/_run.ts";
import { pidsOf, Residents, told } from "./made_population.ts";
import { gone, signal } from "./made_residents.ts";

const count = Number(Deno.args[Deno.args.indexOf("--count") + 1] ?? 200) || 200;
const random = stream("00112233445566778899aabbccddeeff");
const policy = {
  initialBackoffSeconds: 0.5,
  maxBackoffSeconds: 2,
  jitter: 0.5,
  minUptimeSeconds: 60,
  maxRestarts: 5,
  restartWindowSeconds: 60,
};
const killed = Math.round(count / 10), looping = Math.ceil(count / 40);
const idleSeconds = 20;

Deno.test(`${count} residents`, async (t) => {
  await using single = await Population.make(count);
  await using made = await Residents.make(count);
  const both = async (step: string, ...flags: string[]) => {
    await single.step(step, ...flags);
    await made.step(step, ...flags);
  };
  await made.configure({ residents: policy });
  for (const step of ["scan", "sync-wiring", "build"]) await both(step);
  const keep = () => made.begin("supervise", "--mode", "resident");
  let keeper: Running;

  await t.step("are brought up, and live their first cycle", async () => {
    const began = performance.now();
    keeper = keep();
    await Promise.all(
      made.rows<{ id: string }>("SELECT id FROM agents").map(({ id }) => keeper.saw(told("started", id, 0))),
    );
    say(`${count} up after ${since(began)}`);
    await keeper.saw(`keeps ${count} residents`);
    say(`and their evaluations run after ${since(began)}`);
    assertEquals(made.kept().size, count);
  });

  await t.step("come back when they are killed", async () => {
    const before = made.kept();
    const chosen = choose([...before.keys()], killed);
    const began = performance.now();
    for (const id of chosen) signal("KILL", before.get(id)!.pid);
    await Promise.all(chosen.map((id) => keeper.saw(told("started", id, 1))));
    say(`${killed} killed, all of them up again after ${since(began)}`);
    const after = made.kept();
    assertEquals(after.size, count);
    for (const [id, { pid }] of before) assertEquals(after.get(id)!.pid === pid, !chosen.includes(id));
  });

  await t.step("outlive their supervisor, and are adopted by the next one", async () => {
    const before = made.kept();
    keeper.child.kill("SIGKILL");
    await keeper.ended;
    const began = performance.now();
    keeper = keep();
    await keeper.saw(`keeps ${count} residents`);
    say(`the supervisor killed, ${count} adopted by the next one after ${since(began)}`);
    assertEquals(pidsOf(made.kept()), pidsOf(before));
    assertEquals(await made.processes(), pidsOf(before), "nobody is there twice");
  });

  await t.step("cost next to nothing while nothing is due", async () => {
    const pids = [keeper.child.pid, ...pidsOf(made.kept())];
    const cpu = async () => [...(await lookAt(pids)).values()].map(({ pid, cpuSeconds }) => [pid, cpuSeconds] as const);
    const before = new Map(await cpu());
    await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000));
    const used = (await cpu()).map(([pid, seconds]) => [pid, seconds - before.get(pid)!] as const);
    const supervisor = used.find(([pid]) => pid === keeper.child.pid)![1];
    const residents = used.reduce((sum, [, seconds]) => sum + seconds, -supervisor);
    const memory = pids.map(ownMiB);
    const all = memory.slice(1).reduce((sum, one) => sum + one, 0);
    say(
      `idle for ${idleSeconds} s: the supervisor used ${supervisor.toFixed(2)} s of CPU time and ${
        memory[0]!.toFixed(0)
      } ` +
        `MiB, its residents ${residents.toFixed(2)} s and ${(all / count).toFixed(1)} MiB each, ${
          all.toFixed(0)
        } in all`,
    );
    assert(supervisor < idleSeconds / 20, "more than 5 % of a core");
  });

  await t.step("come to what single processes come to", async () => {
    await single.step("supervise");
    assertEquals(await made.status(), await single.status());
    keeper.child.kill("SIGTERM");
    assertEquals((await keeper.ended).code, 130);
    await single.step("lifecycle", "--until", "2");
    await made.step("lifecycle", "--until", "2", "--mode", "resident");
    assertEquals(await made.status(), await single.status());
    say("after 2 cycles the population is that of single processes");
  });

  await t.step(
    "back off longer and longer when they are killed again and again, which counts against none",
    async () => {
      keeper = keep();
      await keeper.saw("residents until it is stopped");
      const chosen = choose([...made.kept().keys()], looping);
      const others = [...made.kept()].filter(([id]) => !chosen.includes(id));
      await Promise.all(chosen.map((id) => endAgainAndAgain(made, keeper, id)));
      for (const [id, { pid }] of others) assertEquals(made.kept().get(id)!.pid, pid);
      assertEquals(made.rows("SELECT id FROM agents WHERE status <> 'active'"), []);
      keeper.child.kill("SIGTERM");
      const { records } = await keeper.ended;
      const rests = chosen.map((id) =>
        records.filter((record) => record.id === id && record.type === "resident.backoff")
          .map(({ initialBackoffSeconds }) => initialBackoffSeconds as number)
      );
      for (const of of rests) {
        assertEquals(of.length, policy.maxRestarts - 1);
        of.forEach((rest, i) => {
          const least = Math.min(policy.maxBackoffSeconds, policy.initialBackoffSeconds * 2 ** i);
          assert(
            rest <= Math.min(policy.maxBackoffSeconds, least * (1 + policy.jitter)) && rest > least - 0.1,
            `${rest}`,
          );
        });
      }
      say(
        `${looping} killed whenever they were up: rests of ${rests.map((of) => of.join(", ")).join("; ")} s`,
      );
    },
  );

  await t.step("are gone when they are stopped", async () => {
    await made.step("supervise", "--mode", "resident", "--once");
    const pids = pidsOf(made.kept());
    const began = performance.now();
    await made.step("stop");
    say(`${pids.length} stopped after ${since(began)}`);
    await Promise.all(pids.map(gone));
    assertEquals(await made.processes(), []);
  });
});

/** Kills a resident so often that it would be disabled if that counted. */
async function endAgainAndAgain(made: Residents, keeper: Running, id: string): Promise<void> {
  const { restarts, pid } = made.kept().get(id)!;
  signal("KILL", pid);
  for (let ends = 1; ends < policy.maxRestarts; ends++) {
    await keeper.saw(told("started", id, restarts + ends));
    signal("KILL", made.kept().get(id)!.pid);
  }
  await keeper.saw(told("started", id, restarts + policy.maxRestarts));
}

/** Memory that a process has for itself, and its share of what it has with others, in MiB. */
function ownMiB(pid: number): number {
  const [, kib] = Deno.readTextFileSync(`/proc/${pid}/smaps_rollup`).match(/^Pss: +(\d+) kB$/m)!;
  return Number(kib) / 1024;
}

function choose<T>(all: readonly T[], howMany: number): T[] {
  const left = [...all];
  return Array.from({ length: howMany }, () => left.splice(Math.floor(random() * left.length), 1)[0]!);
}

function since(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}

function say(text: string): void {
  console.error(`    ${text}`);
}
