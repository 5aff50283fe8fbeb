import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Population } from "../acceptance/_population.ts";
import { pidsOf, Residents, told } from "../isolation/residents/made_population.ts";
import { gone, signal } from "../isolation/residents/made_residents.ts";
import { onTerminal, pipeline } from "../step/_run.ts";

/** Waits until the listing has been written to so often; what was written meanwhile counts once. */
async function writes(watcher: Deno.FsWatcher, count: number): Promise<void> {
  let seen = 0;
  for await (const { kind, paths } of watcher) {
    if (kind === "modify" && paths.some((path) => path.endsWith("/listing.db-wal")) && ++seen === count) return;
  }
}

/** Edits a genome so that its agent is built anew. */
function changeParameter(run: Population, id: string): void {
  const { files } = run.pool();
  run.edit(id, (genome) => {
    // What is silent is in no build.
    const file = genome.files.find(({ path, active, functions }) =>
      active && Object.values(functions).includes(true) &&
      files.some((file) => file.path === path && file.parameters.length > 0)
    )!;
    const { name, min, max } = files.find(({ path }) => path === file.path)!.parameters[0]!;
    file.parameters[name] = file.parameters[name] === min ? max : min;
  });
}

Deno.test("lifecycle --mode resident leaves residents to the next cycle, and ends in the same population", async () => {
  await using single = await Population.built(4);
  await using made = await Residents.built(4);
  const cycles = async (run: Population, until: string, ...flags: string[]) =>
    await run.step("lifecycle", "--until", until, "--workers", "2", ...flags);
  await Promise.all([cycles(single, "1"), cycles(made, "1", "--mode", "resident")]);
  assertEquals(await made.status(), await single.status());
  const before = made.kept();
  const [edited] = before.keys();
  for (const run of [single, made]) changeParameter(run, edited!);
  await Promise.all([cycles(single, "2"), cycles(made, "2", "--mode", "resident")]);
  assertEquals(await made.status(), await single.status());

  const after = made.kept();
  const active = new Set(
    made.rows<{ id: string }>("SELECT id FROM agents WHERE status = 'active'").map(({ id }) => id),
  );
  assert([...after.keys()].every((id) => active.has(id)), "the dead have none");
  const adopted = [...before.values()].filter(({ agent, runs }) => after.get(agent)?.runs === runs);
  assert(adopted.length > 0);
  for (const { agent, pid } of adopted) assertEquals(after.get(agent)!.pid, pid);
  assert(after.get(edited!)?.pid !== before.get(edited!)!.pid, "another build is another process");
  await Promise.all([...before.values()].filter((one) => !adopted.includes(one)).map(({ pid }) => gone(pid)));

  // A single step by hand, in the other mode, leaves nobody without a keeper.
  await made.step("supervise");
  assertEquals(made.kept().size, 0);
  await Promise.all([...after.values()].map(({ pid }) => gone(pid)));
});

Deno.test("supervise --mode resident keeps residents until it is stopped, whatever becomes of them and of itself", async () => {
  await using made = await Residents.built(4);
  const restarts = {
    initialBackoffSeconds: 0.05,
    maxBackoffSeconds: 0.1,
    maxRestarts: 3,
    heartbeatIntervalSeconds: 0.2,
    // Others are at work meanwhile, on a loaded machine too.
    heartbeatTimeoutSeconds: 3,
  };
  await made.configure({ world: { steps: 20 }, residents: restarts });
  const keep = () => made.begin("supervise", "--mode", "resident");

  const first = keep();
  await first.saw("keeps 4 residents");
  const begun = made.kept();
  const [killed, stopped, looping, ...others] = [...begun.keys()] as [string, string, string, ...string[]];
  // One is killed, one does not answer any more: both come back.
  signal("KILL", begun.get(killed)!.pid);
  signal("STOP", begun.get(stopped)!.pid);
  await Promise.all([first.saw(told("started", killed, 1)), first.saw(told("started", stopped, 1))]);
  // One is killed again and again: it backs off, which is all, as it is not its own doing.
  for (let ends = 0; ends < 4; ends++) {
    await first.saw(told("started", looping, ends));
    signal("KILL", made.kept().get(looping)!.pid);
  }
  await first.saw(told("started", looping, 4));
  assertEquals(made.rows("SELECT id FROM agents WHERE status <> 'active'"), []);

  // The supervisor is killed: the next one adopts who is there, and nobody is there twice.
  const kept = made.kept();
  assertEquals([...kept.keys()].sort(), [killed, stopped, looping, ...others].sort());
  assertEquals(others.map((id) => kept.get(id)!.pid), others.map((id) => begun.get(id)!.pid));
  first.child.kill("SIGKILL");
  await first.ended;
  const second = keep();
  await second.saw("keeps 4 residents");
  assertEquals(pidsOf(made.kept()), pidsOf(kept));
  // An adopted one that ends is missed as well.
  signal("KILL", kept.get(killed)!.pid);
  await second.saw(told("started", killed, 2));
  const running = pidsOf(made.kept());
  second.child.kill("SIGTERM");
  const { code, err } = await second.ended;
  assertEquals(code, 130);
  assertStringIncludes(err, "interrupted");
  await Promise.all(running.map(gone));
});

Deno.test("supervise --mode resident: a closed terminal ends it and its residents", async () => {
  await using made = await Residents.built(4);
  const keeper = onTerminal(pipeline("supervise", "--run", made.name, "--mode", "resident"));
  await keeper.saw("keeps 4 residents");
  const kept = made.kept();
  assertEquals(kept.size, 4);
  keeper.close();
  assertEquals((await keeper.ended).code, 130);
  await Promise.all(pidsOf(kept).map(gone));
  assertEquals([made.kept().size, await made.processes()], [0, []]);
});

Deno.test("supervise --mode resident: killed at any instant, the next one has each agent's process once", async () => {
  await using made = await Residents.built(4);
  const once = ["--mode", "resident", "--once"];
  // When the starts are recorded, when processes are, and when evaluations are.
  for (const count of [1, 3, 8]) {
    // Not the folder of residents: its pipes would hold up who watches it.
    using watcher = Deno.watchFs(made.paths.workspace, { recursive: false });
    const part = made.begin("supervise", ...once);
    await Promise.race([writes(watcher, count), part.ended]);
    part.child.kill("SIGKILL");
    await part.ended;
    await made.step("supervise", ...once);
    assertEquals(made.kept().size, 4);
    assertEquals(await made.processes(), pidsOf(made.kept()));
    await made.step("stop");
    assertEquals(await made.processes(), []);
  }
});

Deno.test("stop ends residents that are not kept, and says when there are none", async () => {
  await using made = await Residents.built(4);
  await made.step("supervise", "--mode", "resident", "--once");
  const kept = made.kept();
  assertEquals(kept.size, 4);
  const { records } = await made.step("stop");
  assertEquals(records.slice(0, -1).map(({ type, id, pid }) => [type, kept.get(id as string)!.pid === pid]), [
    ...Array(4).fill(["resident.stopped", true]),
  ]);
  await Promise.all(pidsOf(kept).map(gone));
  assertEquals(made.kept().size, 0);
  assertEquals((await made.step("stop")).err, "stop: nothing is running.\n");
});

Deno.test("supervise: what does not go together is misuse", async () => {
  await using made = await Residents.built(4);
  assertMatch(
    (await made.fails(2, "supervise", "--once")).err,
    /Cannot use --once as it must come with --mode resident/,
  );
  const other = await made.fails(2, "supervise", "--mode", "resident", "--isolation", "bwrap");
  assertMatch(other.err, /Cannot use --mode resident with --isolation bwrap/);
});
