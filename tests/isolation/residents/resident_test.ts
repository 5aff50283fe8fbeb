import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { Channel } from "../../../lib/isolation/residents/channel.ts";
import { occupantOf, voidPlace, wordsOf } from "../../../lib/isolation/residents/place.ts";
import { isSame, lookAt } from "../../../lib/isolation/residents/processes.ts";
import { Resident } from "../../../lib/isolation/residents/resident.ts";
import { gone, madeLimits, MadeResidents, signal } from "./made_residents.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes?: Uint8Array) => bytes && new TextDecoder().decode(bytes);

Deno.test("Resident says that it is ready, evaluates, answers, and is known by more than its process id", async () => {
  await using made = new MadeResidents();
  const resident = await made.start();
  const seen = (await lookAt([resident.process!.pid])).get(resident.process!.pid)!;
  assert(isSame(seen, resident.process!));
  assertEquals([seen.group, seen.session], [seen.pid, seen.pid]);
  assertEquals((await occupantOf(resident.place))!.agent, "a1");
  const long = "x".repeat(200_000);
  assertEquals(decode(await resident.evaluate(encode(`${"y".repeat(50_000)}\n`))), `did ${"y".repeat(50_000)}\n`);
  assert(await resident.answers(10_000));
  assertEquals(await resident.evaluate(encode(`${long}\n`)), undefined);
  assertEquals(await resident.ended, "wrote more than 64 KiB for an evaluation, or nothing");
});

Deno.test("Resident is held by nothing, and taken over with what was left in its pipes", async () => {
  await using made = new MadeResidents();
  const first = await made.start();
  const { place, process } = first;
  {
    // A supervisor that was killed had handed over one evaluation, and half of another.
    using channel = Channel.open(place);
    await channel.send(encode("one\ntwo and a half"));
  }
  const next = Resident.adopt(place, process!, madeLimits);
  assert(await next.answers(10_000, true));
  assertEquals(decode(await next.evaluate(encode("three\n"))), "did three\n");
  await next.end("is not wanted");
  await gone(process!.pid);
  assertEquals(await next.answers(10_000), false);
});

Deno.test("Resident: an end is reported with how it came about", async () => {
  await using made = new MadeResidents();
  const killed = await made.start();
  signal("KILL", killed.process!.pid);
  assertEquals(await killed.ended, "ended by SIGKILL");
  assertEquals(await killed.evaluate(encode("one\n")), undefined);
  const ends = await made.start();
  assertEquals(await ends.evaluate(encode("speaks\n")), encode("did speaks\n"));
  assertEquals(await ends.evaluate(encode("ends\n")), undefined);
  assertEquals(await ends.ended, "ended with exit code 7");
  assertEquals(await wordsOf(ends.place), "Uncaught Error: no luck");
});

Deno.test("Resident: what one says that has ended before its first line is asked for is not lost", async () => {
  await using made = new MadeResidents();
  const deno = `${made.folder}/deno`;
  Deno.writeTextFileSync(deno, `#!/bin/sh\necho ready\nexit 3\n`, { mode: 0o700 });
  const resident = made.begin(await made.place(), { deno });
  // Without a turn of the event loop, so that nothing here has read of it by then.
  new Deno.Command("sh", {
    args: [
      "-c",
      `while read -r pid rest <"$0.pid" 2>&-; [ -z "$pid" ]; do :; done
       while read -r id name state rest <"/proc/$pid/stat" 2>&- && [ "$state" != Z ]; do :; done`,
      resident.place.path,
    ],
  }).outputSync();
  assertEquals(await resident.isReady(10_000), false);
  assertEquals([await resident.saidReady, await resident.ended], [true, "ended with exit code 3"]);
});

Deno.test("Resident: one that does not answer in time is ended, even if it was stopped", async () => {
  await using made = new MadeResidents();
  const resident = await made.start();
  signal("STOP", resident.process!.pid);
  assertEquals(await resident.answers(100), false);
  assertEquals(await resident.ended, "did not answer within 0.1 s");
  await gone(resident.process!.pid);
});

Deno.test("Resident: one that is not ready in time, or is no resident, is ended", async () => {
  await using made = new MadeResidents();
  const slow = made.begin(await made.place(), { artifact: "/dev/null" });
  assertEquals(await slow.isReady(10_000), false);
  assertEquals(await slow.ended, "ended with exit code 0");
  // The first line is in the pipe before the program is there: this one takes it for an answer.
  const echo = made.begin(await made.place(), { deno: "/bin/cat" });
  assertEquals(await echo.isReady(10_000), false);
  const never = made.begin(await made.place(), { deno: "/bin/sh", artifact: "-c" });
  assertEquals(await never.isReady(10_000), false);
  const hangs = made.begin(await made.place(), { deno: "/usr/bin/tail" });
  assertEquals(await hangs.isReady(10_000), false);
});

Deno.test("Resident: an evaluation that takes too long, loops, floods or complains ends its process", async () => {
  await using made = new MadeResidents();
  const limits = { ...madeLimits, wallSeconds: 0.2 };
  const cases = [
    ["waits", { limits }, /^took longer than 0.2 s for an evaluation$/],
    ["loops", {}, /^used more than 4 s of CPU time for an evaluation$/],
    ["floods", {}, /^wrote more than 64 KiB for an evaluation, or nothing$/],
    ["complains", {}, /^(ended by SIGXFSZ|wrote more than 64 KiB for an evaluation, or nothing)$/],
  ] as const;
  await Promise.all(cases.map(async ([line, changes, told]) => {
    const resident = await made.start(changes);
    assertEquals(await resident.evaluate(encode(`${line}\n`)), undefined);
    assertMatch(await resident.ended, told);
    await gone(resident.process!.pid);
  }));
});

Deno.test("Resident: a start that was made void becomes no program, whenever that happens", async () => {
  await using made = new MadeResidents();
  const place = await made.place();
  voidPlace(place);
  const resident = made.begin(place);
  await assertRejects(() => resident.isReady(10_000), Deno.errors.NotFound);
  assertMatch(await resident.ended, /exit code/);
  const late = made.begin(await made.place());
  await late.end("was not wanted");
  const occupant = await occupantOf(late.place);
  if (occupant) await gone(occupant.pid);
});
