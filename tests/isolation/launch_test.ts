import { assert, assertEquals, assertLess } from "@std/assert";
import { launch, type LaunchOptions, type ProcessEnd } from "../../lib/isolation/launch.ts";
import { Launcher } from "../../lib/isolation/launcher.ts";

const limits = { memoryMiB: 64, cpuSeconds: 2, wallSeconds: 20, outputKiB: 64, descriptors: 64 };
const launcher = await Launcher.find(limits);
const decoder = new TextDecoder();

/** Runs a shell script in place of an agent: it can do what an agent must never be able to do. */
function run(script: string, options: Partial<LaunchOptions> = {}, input = ""): Promise<ProcessEnd> {
  const command = launcher.limited(["/bin/sh", "-c", script], limits);
  return launch(command, new TextEncoder().encode(input), { wallMs: 20_000, outputBytes: 65_536, ...options });
}

/** Waits for the end of a process that is no child of this one. */
async function gone(pid: string): Promise<void> {
  assert(/^\d+$/.test(pid), `no process id: ${pid}`);
  await new Deno.Command("tail", { args: ["-s", "0.02", `--pid=${pid}`, "-f", "/dev/null"] }).output();
}

Deno.test("launch() hands over stdin and gives back what was written", async () => {
  const end = await run("cat; echo oops >&2; exit 4", {}, "hello\n");
  assertEquals([decoder.decode(end.stdout), decoder.decode(end.stderr), end.code], ["hello\n", "oops\n", 4]);
  assertEquals([end.signal, end.exceeded], [null, undefined]);
});

Deno.test("launch(): the environment is empty and the limits are set", async () => {
  const { stdout } = await run("env; ulimit -c; ulimit -f; ulimit -n; ulimit -S -t; ulimit -H -t; ulimit -d");
  const lines = decoder.decode(stdout).trim().split("\n").filter((line) => !/^(PWD|_|SHLVL)=/.test(line));
  assertEquals(lines, ["DENO_DIR=/dev/null/none", "0", "0", "64", "2", "3", `${(555 + 64) * 1024}`]);
});

Deno.test("launch() ends all of a group that ignores SIGTERM and has forked twice", async () => {
  const script = `trap '' TERM INT HUP
    ( ( trap '' TERM; echo $$ >&2; while :; do sleep 100; done ) & echo $! ; while :; do sleep 100; done ) & echo $!
    while :; do sleep 100; done`;
  const end = await run(script, { wallMs: 1500 });
  assertEquals([end.exceeded, end.signal], ["wall", "SIGKILL"]);
  const pids = decoder.decode(end.stdout).trim().split("\n");
  assertEquals(pids.length, 2);
  await Promise.all(pids.map(gone));
});

Deno.test("launch(): a child that outlives its parent and holds stdout open ends with the time", async () => {
  const end = await run("sleep 1000 & echo $!", { wallMs: 1500 });
  assertEquals([end.exceeded, end.code], ["wall", 0]);
  await gone(decoder.decode(end.stdout).trim());
});

Deno.test("launch() is not held up by what left its group", async () => {
  const end = await run("setsid sleep 30 & echo $!", { wallMs: 1500 });
  assertEquals(end.exceeded, "wall");
  assertLess(end.wallMs, 10_000);
  const pid = decoder.decode(end.stdout).trim();
  await new Deno.Command("kill", { args: ["-KILL", pid], stderr: "null" }).output();
});

Deno.test("launch() keeps no more output than it may, and ends what writes more", async () => {
  const end = await run("while :; do echo 0123456789; done", { outputBytes: 1000 });
  assertEquals([end.exceeded, end.stdout.length], ["output", 1000]);
  const noise = await run("while :; do echo 0123456789 >&2; done", { outputBytes: 100_000, stderrBytes: 50 });
  assertEquals([noise.exceeded, noise.stderr.length], ["output", 50]);
});

Deno.test("launch() keeps the end of stderr", async () => {
  const { stderr } = await run("i=0; while [ $i -lt 500 ]; do echo line $i >&2; i=$((i+1)); done", { stderrBytes: 9 });
  assertEquals(decoder.decode(stderr), "line 499\n");
});

Deno.test("launch() survives a program that does not read its input", async () => {
  const end = await run("exec <&-; echo done", {}, "x".repeat(1_000_000));
  assertEquals([decoder.decode(end.stdout), end.code], ["done\n", 0]);
});

Deno.test("launch(): no file can be written, and CPU time ends by its own signal", async () => {
  const file = await Deno.makeTempFile();
  assertEquals((await run(`exec dd if=/dev/zero of=${file} count=1`)).signal, "SIGXFSZ");
  assertEquals((await run("while :; do :; done")).signal, "SIGXCPU");
});

Deno.test("launch(): a child does not outlive a supervisor that is killed", async () => {
  if (!launcher.tied) return;
  const supervisor = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "-q", "--no-config", `${import.meta.dirname}/fixtures/lonely.ts`],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = supervisor.stdout.getReader();
  const pid = decoder.decode((await reader.read()).value).trim();
  supervisor.kill("SIGKILL");
  await supervisor.status;
  await gone(pid);
  await reader.cancel();
});
