import { assert, assertEquals } from "@std/assert";
import { classify } from "../../lib/isolation/classify.ts";
import { Cgroups, delegationWords, readDelegated } from "../../lib/isolation/cgroup.ts";
import { launch, type ProcessEnd } from "../../lib/isolation/launch.ts";
import { Launcher } from "../../lib/isolation/launcher.ts";
import { Meter } from "../../lib/isolation/meter.ts";
import { sh, shell } from "../../lib/util/shell.ts";

const limits = { memoryMiB: 64, cpuSeconds: 20, wallSeconds: 20, outputKiB: 64, descriptors: 64 };
const launcher = await Launcher.find(limits);
const { delegated } = launcher;
const has = (name: string) => delegated?.controllers.includes(name) ?? false;
if (!delegated) console.error("Tests of control groups are left out: no cgroup v2 may be divided here.");
else if (!has("memory")) {
  console.error("Tests of limits of control groups are left out: there are no controllers here.");
}

async function withGroups<T>(count: number, use: (groups: Cgroups) => Promise<T>): Promise<T> {
  const groups = await Cgroups.make(delegated!, limits, count);
  assert(groups, "groups can be made where the launcher says so");
  await using made = groups;
  return await use(made);
}

/** Runs a shell script in place of an agent, in a group. */
async function run(groups: Cgroups, script: string): Promise<ProcessEnd> {
  const cgroup = groups.take();
  const command = { ...launcher.limited([shell, "-c", script], limits), cgroup };
  const end = await launch(command, new Uint8Array(), { wallMs: 20_000, outputBytes: 65_536 });
  groups.give(cgroup);
  return end;
}

const words = ({ stdout }: ProcessEnd) => new TextDecoder().decode(stdout).trim();

/** Waits for the end of a process that is no child of this one. */
async function gone(pid: string): Promise<void> {
  assert(/^\d+$/.test(pid), `no process id: ${pid}`);
  await new Deno.Command("tail", { args: ["-s", "0.02", `--pid=${pid}`, "-f", "/dev/null"] }).output();
}

const test = (name: string, needs: string, fn: () => Promise<void>) =>
  Deno.test({ name, ignore: delegated === undefined || (needs !== "" && !has(needs)), fn });

test("launch(): what left its process group ends with its control group", "", () =>
  withGroups(1, async (groups) => {
    const end = await run(groups, "setsid sleep 1000 & echo $!; while :; do echo and so on >&2; done");
    assertEquals(end.exceeded, "output");
    await gone(words(end));
  }));

test("launch(): what an ended evaluation has left ends too", "", () =>
  withGroups(1, async (groups) => {
    const end = await run(groups, "setsid sleep 1000 >/dev/null 2>&1 </dev/null & echo $!");
    assertEquals([end.code, end.exceeded], [0, undefined]);
    await gone(words(end));
  }));

test(
  "taken() tells the CPU time of what was run in a group since it was asked last, and of none else",
  "",
  () =>
    withGroups(1, async (groups) => {
      const cgroup = groups.take();
      const spend = async (script: string) => {
        const command = { ...launcher.limited([shell, "-c", script], limits), cgroup };
        await launch(command, new Uint8Array(), { wallMs: 20_000, outputBytes: 65_536 });
        return (await cgroup.taken()).cpuMs!;
      };
      const busy = await spend("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done");
      const idle = await spend("exit");
      assert(idle > 0 && busy > 3 * idle, `${busy} ms of a loop, ${idle} ms of nothing`);
      assertEquals((await cgroup.taken()).cpuMs, 0);
      groups.give(cgroup);
    }),
);

test(
  "taken() tells the most memory where an evaluation had more than those before it",
  "memory",
  () =>
    withGroups(1, async (groups) => {
      const cgroup = groups.take();
      const hold = async (megabytes: number) => {
        const script = `head -c ${megabytes}m /dev/zero | tail -c ${megabytes}m >/dev/null`;
        const command = { ...launcher.limited([shell, "-c", script], limits), cgroup };
        await launch(command, new Uint8Array(), { wallMs: 20_000, outputBytes: 65_536 });
        return (await cgroup.taken()).memoryBytes;
      };
      assert(await hold(40) as number > 40_000_000);
      assertEquals(await hold(1), undefined);
      groups.give(cgroup);
    }),
);

Deno.test("a meter tells nothing of a group that is not there, nor when its shell is gone", async () => {
  const folder = await Deno.makeTempDir();
  const meter = new Meter(folder);
  assertEquals(await meter.read("none"), {});
  await Deno.mkdir(`${folder}/one`);
  await Deno.writeTextFile(`${folder}/one/cpu.stat`, "user_usec 1\nusage_usec 7000\n");
  assertEquals(await meter.read("one"), { cpuUs: 7000 });
  await Deno.writeTextFile(`${folder}/one/memory.peak`, "123\n");
  assertEquals(await Promise.all([meter.read("one"), meter.read("none")]), [{ cpuUs: 7000, memoryBytes: 123 }, {}]);
  await meter[Symbol.asyncDispose]();
  assertEquals(await meter.read("one"), {});
  await Deno.remove(folder, { recursive: true });
});

test(
  "launch(): exit codes, signals and input are those of what is in no group",
  "",
  () =>
    withGroups(2, async (groups) => {
      assertEquals((await run(groups, "exit 4")).code, 4);
      const killed = await run(groups, "kill -KILL $$");
      assertEquals([killed.signal, killed.exceeded], ["SIGKILL", undefined]);
    }),
);

test("Cgroups.make() removes what a killed step has left, and nothing of others", "", async () => {
  const ended = new Deno.Command(shell, { args: ["-c", "exit"] }).spawn();
  await ended.status;
  const [left, other] = [`evolve-${ended.pid}-0`, `evolve-${Deno.ppid}-9`];
  const users = [`evolve-mine-${ended.pid}`, `evolve-${ended.pid}-mine`];
  const inside = new Deno.Command(shell, {
    args: [
      "-c",
      `cd '${delegated!.path}' && mkdir -p ${left}/0 ${other}/0 ${users.join(" ")} && echo 0 >${left}/0/cgroup.procs &&
      echo in && exec sleep 1000`,
    ],
    stdout: "piped",
  }).spawn();
  const reader = inside.stdout.getReader();
  await reader.read();
  const groups = await withGroups(1, async () => {
    assertEquals((await inside.status).signal, "SIGKILL");
    return (await sh(`ls -d '${delegated!.path}'/evolve-*`)).stdout;
  });
  for (const one of users) assert(groups.includes(one), groups);
  assert(!groups.includes(left) && groups.includes(other) && groups.includes(`-${Deno.pid}-`), groups);
  await reader.cancel();
  assertEquals(
    (await sh(`cd '${delegated!.path}' && rmdir ${other}/0 ${other} ${users.join(" ")} && ls -d evolve-${Deno.pid}-*`))
      .stdout,
    "",
  );
});

test(
  "launch(): memory of all processes of an evaluation together is limited",
  "memory",
  () =>
    withGroups(1, async (groups) => {
      // Three of 100 MiB each: none exceeds its own limit.
      const one = "head -c 100m /dev/zero | tail -c 100m >/dev/null";
      const end = await run(groups, `${one} & ${one} & ${one} & wait`);
      assertEquals([end.signal, end.exceeded], ["SIGKILL", "memory"]);
      const told = classify(end, { token: "", episodes: 0, addresses: 0, genomeBytes: 0 }, limits);
      assert(!told.ok);
      assertEquals([told.failure.outcome, told.failure.limit], ["memory", {
        limit: "memoryMiB",
        value: 64,
        enforcedBy: "cgroup",
      }]);
      assertEquals((await run(groups, "kill -KILL $$")).exceeded, undefined);
    }),
);

test("launch(): processes of an evaluation are limited in number", "pids", () =>
  withGroups(1, async (groups) => {
    const end = await run(
      groups,
      "i=0; while [ $i -lt 100 ]; do sleep 1000 >/dev/null 2>&1 & i=$((i+1)); done; echo all",
    );
    assert(words(end) !== "all", "it could start a hundred");
    assert(new TextDecoder().decode(end.stderr).toLowerCase().includes("fork"));
  }));

Deno.test("readDelegated() takes what the words tell, and nothing above a namespace", async () => {
  const path = "/sys/fs/cgroup/a\\x2db.service";
  const lines = [`delegated:${path}`, "controllers:cpu io memory pids"];
  assertEquals(readDelegated(lines), { path, controllers: ["cpu", "memory", "pids"] });
  assertEquals(readDelegated(["delegated:/sys/fs/cgroup/../x", "controllers:"]), undefined);
  assertEquals(readDelegated([]), undefined);
  const found = async (group: string) => {
    const script = `root=/nowhere group=${group}; ${delegationWords}`.replace('-f "$base/cgroup.procs"', "1 = 1")
      .replaceAll(/\[ -w [^\]]+\]/g, "[ 1 = 1 ]");
    const { stdout } = await new Deno.Command(shell, { args: ["-c", script], stderr: "null" }).output();
    return new TextDecoder().decode(stdout).split("\n")[0];
  };
  // The group of a unit is not left; a part of it is.
  assertEquals(await found("/user.slice/a.scope"), "delegated:/nowhere/user.slice/a.scope");
  assertEquals(await found("/system.slice/a.service/steps"), "delegated:/nowhere/system.slice/a.service");
  assertEquals(await found("/"), "delegated:/nowhere");
});
