import { assertEquals, assertStringIncludes } from "@std/assert";
import { Population } from "../acceptance/_population.ts";
import { begin, pipeline } from "../step/_run.ts";
import { differences, stateOf } from "./_state.ts";

const config = { world: { steps: 20, episodes: 1 }, selection: { replaced: 0.5, elites: 0.2 } };
const agents = ["--count", "6", "--seed", "7"];
const chain = ["--until", "2", "--sleep", "0"];
const cycle = ["scan", "sync-wiring", "build", "supervise", "select", "supervise", "hooks", "report"];

async function made(): Promise<Population> {
  const run = new Population();
  await Deno.mkdir(run.paths.workspace, { recursive: true });
  await run.configure(config);
  return run;
}

const [hour, year] = [3_600_000, 31_536_000_000];

Deno.test("a clock that is set back, or ahead, before each step changes nothing", async () => {
  await using whole = await made();
  await using other = await made();
  await whole.step("init", ...agents);
  await whole.step("lifecycle", ...chain);
  const preload = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    for (const [i, step] of ["init", ...cycle, ...cycle].entries()) {
      const shift = [0, -hour, -50 * year, 50 * year][i % 4];
      const module = JSON.stringify(new URL("clock.ts", import.meta.url));
      await Deno.writeTextFile(preload, `import { shift } from ${module};\nshift(${shift});\n`);
      const [run, ...rest] = pipeline(step, "--run", other.name, ...(step === "init" ? agents : []));
      const { code, err } = await begin([run!, `--preload=${preload}`, ...rest]).ended;
      assertEquals([step, shift, code], [step, shift, 0], err);
    }
  } finally {
    await Deno.remove(preload);
  }
  assertEquals(differences(await stateOf(whole.paths), await stateOf(other.paths)), []);
});

Deno.test("two lifecycles at once take turns, and end as one does", async () => {
  await using whole = await made();
  await using other = await made();
  for (const run of [whole, other]) await run.step("init", ...agents);
  await whole.step("lifecycle", ...chain);
  const both = [other.begin("lifecycle", ...chain), other.begin("lifecycle", ...chain)];
  const ended = await Promise.all(both.map((one) => one.ended));
  assertEquals(ended.map(({ code }) => code), [0, 0]);
  assertStringIncludes(ended.map(({ err }) => err).join(), "waits for lifecycle");
  assertEquals(differences(await stateOf(whole.paths), await stateOf(other.paths)), []);
});
