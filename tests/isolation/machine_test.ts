import { assert, assertEquals } from "@std/assert";
import { machineWords, readMachine } from "../../lib/isolation/machine.ts";
import { shell } from "../../lib/util/shell.ts";

/** What the words tell within a shell that has limits of its own. */
async function told(limits: string): Promise<string[]> {
  const { stdout } = await new Deno.Command(shell, { args: ["-c", `${limits}\n${machineWords}`] }).output();
  return new TextDecoder().decode(stdout).split("\n");
}

Deno.test("readMachine() tells what this machine lets its processes have", async () => {
  const { descriptors, threads, memoryMiB } = readMachine(await told("ulimit -n 77"));
  assertEquals(descriptors, 77);
  if (Deno.build.os !== "linux") return;
  for (const number of [threads, memoryMiB]) assert(number! > 0 && Number.isInteger(number), `${number}`);
});

const proc = [
  "/proc/self/limits:Limit                     Soft Limit           Hard Limit           Units",
  "/proc/self/limits:Max processes             500                  900                  processes",
  "/proc/self/limits:Max open files            1024                 unlimited            files",
  "/proc/loadavg:0.10 0.20 0.30 2/300 4711",
  "/proc/meminfo:MemAvailable:    2097152 kB",
  "/proc/meminfo:SwapFree:        1048576 kB",
  "/proc/sys/kernel/threads-max:1000",
];
const user = "/proc/self/status:Uid:\t1000\t1000\t1000\t1000";

Deno.test("readMachine(): the nearest limit counts, and none is one where there is no number", () => {
  assertEquals(readMachine([...proc, user]), { descriptors: 1024, threads: 200, memoryMiB: 3072 });
  const root = user.replaceAll("1000", "0");
  assertEquals(readMachine([...proc, root]).threads, 700);
  const group = (name: string, value: string) => `/sys/fs/cgroup/a/${name}:${value}`;
  const limited = [group("pids.max", "50"), group("pids.current", "20"), group("memory.max", "1073741824")];
  const used = group("memory.current", "536870912");
  assertEquals(readMachine([...proc, user, ...limited, used]), { descriptors: 1024, threads: 30, memoryMiB: 512 });
  const free = [group("pids.max", "max"), group("pids.current", "20"), group("memory.max", "max"), used];
  assertEquals(readMachine([...proc, user, ...free]), { descriptors: 1024, threads: 200, memoryMiB: 3072 });
  const unlimited = proc.map((line) => line.replace(/(processes|files) +\d+ +\S+/, "$1 unlimited unlimited"));
  assertEquals(readMachine([...unlimited, user]), { descriptors: undefined, threads: 700, memoryMiB: 3072 });
  assertEquals(readMachine([]), { descriptors: undefined, threads: undefined, memoryMiB: undefined });
});
