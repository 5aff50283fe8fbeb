import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Population, shortLives } from "../acceptance/_population.ts";
import { pairs } from "../matrix.ts";
import { begin, pipeline } from "../step/_run.ts";
import { differences, type State, stateOf } from "./_state.ts";

const agents = ["--count", "8", "--seed", "7"];
/** How agents are kept apart changes nothing here: this way is the quickest. */
const quick = ["--isolation", "shared"];
const chain = ["--until", "2", "--sleep", "0", ...quick];
const flags: Readonly<Record<string, string[]>> = { init: agents, supervise: quick };
const cycle = ["scan", "sync-wiring", "build", "supervise", "select", "supervise", "hooks", "report"];

async function made(): Promise<Population> {
  const run = new Population();
  await Deno.mkdir(run.paths.workspace, { recursive: true });
  await run.configure(shortLives);
  return run;
}

/** What two cycles come to, where nothing gets in the way. */
async function whole(): Promise<State> {
  await using run = await new Population().evaluated(8, 2);
  return await stateOf(run.paths);
}

const [hour, year] = [3_600_000, 31_536_000_000];

Deno.test("a clock that is set back, or ahead, before each step changes nothing", async () => {
  await using other = await made();
  const preload = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    for (const [i, step] of ["init", ...cycle, ...cycle].entries()) {
      const shift = [0, -hour, -50 * year, 50 * year][i % 4];
      const module = JSON.stringify(new URL("clock.ts", import.meta.url));
      await Deno.writeTextFile(preload, `import { shift } from ${module};\nshift(${shift});\n`);
      const [run, ...rest] = pipeline(step, "--run", other.name, ...flags[step] ?? []);
      const { code, err } = await begin([run!, `--preload=${preload}`, ...rest]).ended;
      assertEquals([step, shift, code], [step, shift, 0], err);
    }
  } finally {
    await Deno.remove(preload);
  }
  assertEquals(differences(await whole(), await stateOf(other.paths)), []);
});

Deno.test("two lifecycles at once take turns, and end as one does", async () => {
  await using other = await new Population().evaluated(8, 0);
  const both = [other.begin("lifecycle", ...chain), other.begin("lifecycle", ...chain)];
  const ended = await Promise.all(both.map((one) => one.ended));
  assertEquals(ended.map(({ code }) => code), [0, 0]);
  assertStringIncludes(ended.map(({ err }) => err).join(), "waits for lifecycle");
  assertEquals(differences(await whole(), await stateOf(other.paths)), []);
});

Deno.test("a folder that is deleted before a step stops no other agent, and doctor makes it again", async () => {
  await using run = await new Population().evaluated(8, 0);
  for (const step of cycle.slice(0, 5)) {
    const [one] = run.rows<{ id: string }>("SELECT id FROM agents WHERE status = 'active' ORDER BY ordinal LIMIT 1");
    const folder = `${run.paths.agents}/${one!.id}`;
    await Deno.remove(folder, { recursive: true });
    await run.step(step, ...flags[step] ?? []);
    const { records } = await run.step("doctor");
    assert(records.some(({ id, code, ok }) => id === one!.id && code === "agent.missing" && ok), `${step}: ${one!.id}`);
    assert((await Deno.stat(folder)).isDirectory);
    // `scan` has disabled it for that, and takes it back.
    await run.step("enable", one!.id);
  }
  await run.step("lifecycle", "--until", "1", "--sleep", "0", ...quick);
  assertEquals(run.rows("SELECT 1 FROM agents WHERE status = 'disabled'"), []);
});

Deno.test("a listing that is gone, emptied or cut off is a clear error in each step", async () => {
  await using run = await new Population().evaluated(8, 0);
  const { listing } = run.paths;
  const whole = await Deno.readFile(listing);
  const harms: Record<string, () => Promise<void>> = {
    gone: () => Deno.remove(listing),
    emptied: () => Deno.writeFile(listing, new Uint8Array()),
    "cut off": () => Deno.writeFile(listing, whole.subarray(0, 5000)),
  };
  const steps = [...new Set([...cycle, "status", "doctor", "lifecycle"])];
  for (const [how, tried] of Map.groupBy(pairs(Object.keys(harms), steps), ([how]) => how)) {
    await harms[how]!();
    for (const [, step] of tried) {
      const { err, records } = await run.fails(1, step);
      const { code } = records.at(-1)!.issue as { code: string };
      assert(["listing.lost", "listing.damaged"].includes(code), `${step}, ${how}: ${code} ${err}`);
      assertStringIncludes(err, `restore --run ${run.name} FILE`, `${step}, ${how}`);
    }
    // Nobody has put a new one in its place.
    const left = await Deno.readFile(listing).catch(() => undefined);
    assert(left === undefined || left.length <= 5000, `${how}: ${left?.length} bytes`);
  }
});
