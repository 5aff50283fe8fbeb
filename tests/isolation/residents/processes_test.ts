import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { endGroups, isSame, lookAt, type ProcessId, readStat } from "../../../lib/isolation/residents/processes.ts";
import { gone } from "./made_residents.ts";

/** Starts a script as the leader of a group; gives what it wrote first, once it has written it. */
async function leader(script: string): Promise<{ child: Deno.ChildProcess; first: string; id: ProcessId }> {
  const child = new Deno.Command("/bin/sh", { args: ["-c", script], stdout: "piped", detached: true }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return { child, first: new TextDecoder().decode(value).trim(), id: (await lookAt([child.pid])).get(child.pid)! };
}

Deno.test("endGroups() asks first, and ends by force what does not listen, with all of its group", async () => {
  const gentle = await leader("echo; exec sleep 100");
  const deaf = await leader(
    "trap '' TERM; ( trap '' TERM; echo $(exec sh -c 'echo $PPID'); sleep 100 ) & wait; sleep 100",
  );
  assertEquals(await endGroups([gentle.id, deaf.id], { gracePeriodMs: 300 }), 1);
  assertEquals((await gentle.child.status).signal, "SIGTERM");
  assertEquals((await deaf.child.status).signal, "SIGKILL");
  await gone(Number(deaf.first));
  assertEquals(await endGroups([gentle.id, deaf.id], { gracePeriodMs: 0 }), 0);
});

Deno.test("endGroups() leaves alone a process that has the id of another one", async () => {
  const { child, id } = await leader("echo; exec sleep 100");
  await endGroups([{ ...id, ticks: `${Number(id.ticks) - 1}` }, { ...id, boot: "another" }], { gracePeriodMs: 0 });
  assert(isSame((await lookAt([child.pid])).get(child.pid), id));
  await endGroups([id], { gracePeriodMs: 0 });
  assertEquals((await child.status).signal, "SIGKILL");
});

Deno.test("readStat(): whatever a program calls itself, it tells no lies", () => {
  const rest = "S 1 42 42 0 -1 4194560 2672 0 0 0 150 50 0 0 20 0 4 0 1300892 18434256896 7337 1";
  fc.assert(fc.property(fc.string({ maxLength: 15 }).filter((name) => !name.includes("\n")), (name) => {
    const seen = readStat(`42 (${name}) ${rest}`, "b")!;
    assertEquals([seen.pid, seen.group, seen.session, seen.ticks, seen.cpuSeconds], [42, 42, 42, "1300892", 2]);
  }));
  assertEquals(readStat(`42 (gone) ${rest.replace("S", "Z")}`, "b"), undefined);
  fc.assert(fc.property(fc.string(), (line) => void readStat(line, "b")));
});
