import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { Listing } from "../../lib/db/listing.ts";
import { Launcher } from "../../lib/isolation/launcher.ts";
import { agentLimits } from "../../lib/isolation/limits.ts";
import { loadConfig } from "../../lib/run/config.ts";
import { worldsOf } from "../../lib/run/worlds.ts";
import type { EpisodeFrames } from "../../lib/runtime/contract.ts";
import { loadVerifier } from "../../lib/signing/sign.ts";
import { Artifacts, presentFacts } from "../../lib/toolchain/artifacts.ts";
import { framesOf, openViewer } from "../../lib/toolchain/open_viewer.ts";
import { StepFailed } from "../../lib/util/issue.ts";
import type { Ended } from "../step/_run.ts";
import { Population } from "./_population.ts";

const oneMax = `${projectRoot}/tests/acceptance/onemax`;

/** A view of it: a cell for each bit that is on; an environment may make it misbehave. */
const view = (body: string) =>
  `import type { Shape } from "evolve/contract";

export const area = { x: 0, y: 0, width: 16, height: 1 };

export function view(state: { ones: number }): Shape[] {
  ${body}
}
`;

const bits = `const shapes: Shape[] = [];
  for (let x = 0; x < state.ones; x++) shapes.push({ shape: "cell", x, y: 0, width: 1, height: 1, color: 0 });
  state.ones = 99;
  return shapes;`;

/** What is drawn of the action 5 in the run's first world, by the program that was built. */
async function drawn(run: Population): Promise<EpisodeFrames> {
  return await withViewer(run, (draw) => draw(5));
}

/** The same of any action, one after the other in the same process. */
async function withViewer<T>(run: Population, use: (draw: (action: number) => Promise<EpisodeFrames>) => Promise<T>) {
  const { paths } = run;
  using listing = Listing.open(paths.listing, { readOnly: true });
  const [pool, config] = [run.pool(), await loadConfig(paths)];
  const facts = await presentFacts(listing, pool);
  using artifacts = new Artifacts(listing, paths, await loadVerifier(paths.publicKey), facts, { readOnly: true });
  const sandbox = await Launcher.find(agentLimits(config));
  await using viewer = await openViewer(pool, { artifacts, config, sandbox, data: undefined });
  const [world] = worldsOf("1", 1, pool.world, config.world);
  const worlds = JSON.stringify([world]);
  return await use((action) =>
    framesOf(viewer, { name: "it", token: "t", genes: 0, worlds, evidence: `[[${action}]]` })
  );
}

const updatesOf = ({ records }: Ended) => (records.at(-1)!.counts as { updates: number }).updates;

const kept = "SELECT id, score, genome_hash, build_hash, built_from, code_hash FROM agents ORDER BY ordinal";
const evaluated = "SELECT agent, cycle, conditions, score FROM evaluations ORDER BY agent, cycle";

Deno.test("a view is taken up, changed and removed without anything being built or judged anew", async () => {
  const folder = await Deno.makeTempDir();
  await using run = new Population();
  const write = (body: string) => Deno.writeTextFileSync(`${folder}/view.ts`, view(body));
  try {
    await new Deno.Command("cp", { args: ["-r", `${oneMax}/.`, folder] }).output();
    await run.made(4, "--template", folder);
    await run.step("lifecycle", "--cycles", "1", "--sleep", "0", "--isolation", "shared");
    await run.step("build");
    const all = () => [run.rows(kept), run.rows(evaluated), run.pool().hash, run.pool().worldHash];
    const before = all();
    const { issue } = await assertRejects(() => drawn(run), Error) as StepFailed;
    assertEquals(issue.code, "view.none");

    write(bits);
    const taken = await run.step("init");
    assertEquals(updatesOf(taken), 1);
    assertMatch(
      taken.err,
      /the template.s view has changed; `deno task build --run \S+` makes the program that draws it\./,
    );
    assertEquals(((await assertRejects(() => drawn(run), StepFailed)) as StepFailed).issue.code, "view.missing");
    const build = await run.step("build");
    assertEquals([build.records.length, updatesOf(build)], [1, 1]);
    assertEquals(all(), before);
    const { shapes, frames } = await drawn(run);
    assertEquals(shapes.length, 5);
    assertEquals(shapes[4], { shape: "cell", x: 4, y: 0, width: 1, height: 1, color: 0 });
    // What it did to the state of the beginning is seen in no score, since it is judged before.
    assertEquals(frames.map(({ step, shapes }) => [step, shapes.length]), [[0, 0], [1, 5]]);

    write('return [{ shape: "text", x: 0, y: 0, text: `${state.ones}` }];');
    assertEquals(updatesOf(await run.step("init")), 1);
    assertEquals(updatesOf(await run.step("init")), 0);
    await run.step("build");
    assertEquals(all(), before);
    assertEquals((await drawn(run)).shapes.map((shape) => shape.shape === "text" && shape.text), ["0", "5"]);

    write(`const all: number[][] = [];
  if (state.ones === 3) all[0]!.push(1);
  if (state.ones === 4) return [{ shape: "circle", x: NaN, y: 0, radius: 1 }];
  return [];`);
    await run.step("init");
    await run.step("build");
    await withViewer(run, async (draw) => {
      const failed = async (action: number) =>
        (await assertRejects(() => draw(action), StepFailed) as StepFailed).issue;
      assertMatch((await failed(3)).message, /^Cannot draw it: view\.ts#view threw a TypeError/);
      const { code, path, message } = await failed(4);
      assertEquals([code, path], ["view.failed", "view.ts"]);
      assertMatch(message, /^Cannot draw it: view\.ts#view must give shapes .*: shape 0 must have as x of a circle/);
      // It goes on with another one.
      assertEquals((await draw(5)).frames.length, 2);
    });
    write('return [{ shape: "text", x: 0, y: 0, text: `${state.ones}` }];');
    await run.step("init");
    await run.step("build");

    // Nothing of a view that can't be used comes into the run.
    const present = run.pool().view;
    const wrong: [string, RegExp][] = [
      ["return [{ shape: 'circle' }];", /view\.ts:6: TS2322/],
    ];
    for (const [body, why] of wrong) {
      write(body);
      const { err } = await run.fails(2, "init");
      assertMatch(err, why);
    }
    Deno.writeTextFileSync(`${folder}/view.ts`, "export function view(state: string) { return [state]; }\n");
    assertMatch((await run.fails(2, "init")).err, /view\.ts:1: TS/);
    assertEquals(run.pool().view, present);

    // It goes into a backup, and comes again from the template where what is recorded of it is lost.
    const backup = `${folder}/backup.tar.gz`;
    await run.step("backup", backup);
    await using other = new Population();
    await other.step("restore", backup);
    assertEquals(other.pool().view, present);
    await other.step("build");
    assertEquals((await drawn(other)).shapes.length, 2);
    Deno.writeTextFileSync(`${other.paths.template}/pools/${other.pool().hash}.json`, "{}");
    write('return [{ shape: "text", x: 0, y: 0, text: `${state.ones}` }];');
    await other.step("doctor");
    await other.step("init", "--template", folder);
    assertEquals(other.pool().view, present);

    Deno.removeSync(`${folder}/view.ts`);
    assertEquals(updatesOf(await run.step("init")), 1);
    await run.step("lifecycle", "--cycles", "1", "--sleep", "0", "--isolation", "shared");
    assertEquals([run.pool().view, run.pool().hash], [undefined, before[2]]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
