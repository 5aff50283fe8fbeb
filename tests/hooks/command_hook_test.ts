import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CommandHook } from "../../lib/hooks/command_hook.ts";
import { standStill } from "../isolation/stand_still.ts";
import { aMessage } from "../steps/hooks/made_events.ts";

const never = new AbortController().signal;

async function hook(command: string[], limits = { timeoutMs: 20_000, outputBytes: 10_000 }) {
  const cwd = await Deno.makeTempDir();
  return { cwd, hook: new CommandHook(command, { cwd, limits }) };
}

/** Whether a process is gone, or is only waited for by nobody; asks again while the kernel is at it. */
async function isGone(pid: string): Promise<boolean> {
  for (let i = 0; i < 100; i++) {
    const { stdout } = await new Deno.Command("ps", { args: ["-o", "stat=", "-p", pid.trim()] }).output();
    if (/^(Z.*)?$/.test(new TextDecoder().decode(stdout).trim())) return true;
  }
  return false;
}

Deno.test("CommandHook gives the event as JSON on stdin, without a shell", async () => {
  const { cwd, hook: tee } = await hook(["tee", "$HOME;got"]);
  assertEquals(await tee.deliver(aMessage(), never), undefined);
  assertEquals(JSON.parse(await Deno.readTextFile(`${cwd}/$HOME;got`)), aMessage().event);
});

Deno.test("CommandHook takes a program that does not read its stdin", async () => {
  const { hook: deaf } = await hook(["true"]);
  for (let i = 0; i < 5; i++) assertEquals(await deaf.deliver(aMessage(), never), undefined);
});

Deno.test("CommandHook reports how a program failed, and shows no argument of it", async () => {
  const { hook: failing } = await hook(["/bin/sh", "-c", "echo secret >&2; exit 3", "token-secret"]);
  assertEquals(await failing.deliver(aMessage(), never), {
    code: "hook.failed",
    message: "The hook command sh ended with exit code 3.",
  });
  const { hook: killed } = await hook(["sh", "-c", "kill -KILL $$"]);
  assertStringIncludes((await killed.deliver(aMessage(), never))!.message, "SIGKILL");
  const { hook: missing } = await hook(["no-such-program-anywhere"]);
  assertEquals((await missing.deliver(aMessage(), never))!.code, "hook.start");
});

Deno.test("CommandHook ends one that hangs, with all that it started", async () => {
  const limits = { timeoutMs: 500, outputBytes: 1000 };
  const script = "trap '' TERM; sleep 1000 & echo $! > inner; echo $$ > outer; wait";
  const { cwd, hook: hanging } = await hook(["sh", "-c", script], limits);
  const issue = await hanging.deliver(aMessage(), never);
  assertEquals(issue, { code: "hook.timeout", message: "The hook command sh took more than 0.5 s and was ended." });
  assert(await isGone(await Deno.readTextFile(`${cwd}/inner`)));
  assert(await isGone(await Deno.readTextFile(`${cwd}/outer`)));
});

Deno.test("CommandHook ends what a program leaves behind", async () => {
  const { cwd, hook: leaving } = await hook(["sh", "-c", "sleep 1000 & echo $! > inner"]);
  assertEquals(await leaving.deliver(aMessage(), never), undefined);
  assert(await isGone(await Deno.readTextFile(`${cwd}/inner`)));
});

Deno.test("CommandHook ends one that floods stdout or stderr", async () => {
  for (const command of [["yes"], ["sh", "-c", "yes >&2"]]) {
    const { hook: flooding } = await hook(command);
    assertEquals((await flooding.deliver(aMessage(), never))!.code, "hook.output");
  }
});

Deno.test("CommandHook ends when the step is interrupted", async () => {
  const interrupt = new AbortController();
  const { hook: hanging } = await hook(["sleep", "1000"]);
  const delivered = hanging.deliver(aMessage(), interrupt.signal);
  interrupt.abort();
  assertEquals((await delivered)!.code, "hook.interrupted");
});

Deno.test("CommandHook: what has ended while this process stood still was in time", async () => {
  const { hook: quick } = await hook(["true"], { timeoutMs: 300, outputBytes: 1000 });
  const delivery = quick.deliver(aMessage(), never);
  standStill(2000);
  assertEquals(await delivery, undefined);
});
