import { assert, assertEquals } from "@std/assert";
import { endAll } from "../../../lib/isolation/residents/end_all.ts";
import { occupantOf } from "../../../lib/isolation/residents/place.ts";
import { lookAround } from "../../../lib/isolation/residents/processes.ts";
import { gone, MadeResidents } from "./made_residents.ts";
import { Stranger } from "./stranger.ts";

Deno.test("endAll(): a process that a file names is left alone unless it holds the pipes of its start", async () => {
  await using made = new MadeResidents();
  await using stranger = await Stranger.start();
  await stranger.plant(await made.place());
  const { occupants, unrelated } = await endAll(made.folder, 100);
  assertEquals([occupants.length, unrelated.map(({ pid }) => pid)], [0, [stranger.id.pid]]);
  assert(await stranger.isThere());
  assertEquals([...Deno.readDirSync(made.folder)], [], "what was planted is removed");
});

Deno.test("endAll(): a link in place of a pipe proves nothing, nor does a pipe of another folder", async () => {
  await using made = new MadeResidents();
  await using other = new MadeResidents();
  const [place, foreign] = [await made.place(), await other.place()];
  await using stranger = await Stranger.start('echo; exec sleep 1000 0<>"$1" 1<>"$2"', foreign.in, foreign.out);
  for (const end of ["in", "out"] as const) {
    Deno.removeSync(place[end]);
    Deno.symlinkSync(foreign[end], place[end]);
  }
  await stranger.plant(place);
  assertEquals((await endAll(made.folder, 100)).unrelated.length, 1);
  assert(await stranger.isThere());
});

Deno.test("endAll(): a group whose leader has ended is left alone where it holds no pipes", async () => {
  await using made = new MadeResidents();
  await using stranger = await Stranger.start("( exec sleep 1000 </dev/null ) & echo; wait");
  await stranger.plant(await made.place());
  new Deno.Command("kill", { args: ["-KILL", String(stranger.id.pid)] }).outputSync();
  await stranger.ended;
  const members = async () => [...(await lookAround()).values()].filter(({ group }) => group === stranger.id.pid);
  assertEquals((await members()).length, 1);
  assertEquals((await endAll(made.folder, 100)).unrelated.length, 1);
  assertEquals((await members()).length, 1);
});

Deno.test("endAll() ends residents whose folder is reached by a link, and whose pipes are gone", async () => {
  await using made = new MadeResidents();
  const link = `${made.folder}-link`;
  Deno.symlinkSync(made.folder, link);
  try {
    const resident = await made.start();
    const { pid } = resident.process!;
    Deno.removeSync(resident.place.in);
    assertEquals((await occupantOf(resident.place))!.pid, pid);
    const { occupants, unrelated } = await endAll(link, 100);
    assertEquals([occupants.map((one) => one.pid), unrelated], [[pid], []]);
    await gone(pid);
  } finally {
    Deno.removeSync(link);
  }
});

Deno.test("Resident: a stranger named in the place of what it became is not ended with it", async () => {
  await using made = new MadeResidents();
  await using stranger = await Stranger.start();
  const resident = await made.start();
  await stranger.plant(resident.place);
  assertEquals(await occupantOf(resident.place), undefined);
  await resident.end("was not needed");
  await gone(resident.process!.pid);
  assert(await stranger.isThere());
});
