/**
 * All runs of the travelling salesman.
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";
import { armsOf } from "../../lib/steps/compare/runs.ts";
import type { StepContext } from "../../lib/step/context.ts";
import { overWorkers } from "../../lib/step/pool.ts";
import { initDefaults } from "../../lib/template/template_folder.ts";
import { type TwinProgram, twinProgram } from "../../lib/twin/twin.ts";
import { lackOf, tools } from "../peers/tools.ts";
import { keepRuns, readRuns, unfinishedPath } from "./files.ts";
import { codeOf, resumed } from "./resumed.ts";
import { peers, published, tsp, type TspRun } from "./tsp.ts";
import type { TspOrder } from "./tsp_worker.ts";

type Asked = Pick<TspOrder, "arm" | "seed" | "given">;

/** Each arm, seed by seed. Needs what `twinProgram` needs, and write permission for `docs/evidence`. */
export async function tspRuns(step: StepContext): Promise<void> {
  const program = await programOf(step);
  const { chosen } = await armsOf(program, folder, tsp.arms);
  const asked = seedsTo(tsp.seeds).flatMap((seed) =>
    chosen.map(({ name: arm, given }) => ({ arm, seed, ...(given && { given }) }))
  );
  await all({ name: tsp.name }, program, asked, step);
}

/**
 * Each tuner that is installed, seed by seed; what there is of another one stays as it is.
 *
 * Needs run permission for `/bin/sh` besides.
 */
export async function peerRuns(step: StepContext): Promise<void> {
  const installed: typeof peers.tools[number][] = [];
  for (const one of peers.tools) {
    const why = await lackOf(tools[one.name]);
    if (why === undefined) installed.push(one);
    else step.say(`left out: ${why}`);
  }
  if (installed.length === 0) return;
  const beside = readRuns<TspRun>(peers.name).filter(({ arm }) => !installed.some(({ name }) => name === arm));
  const asked = seedsTo(Math.max(...installed.map(({ seeds }) => seeds))).flatMap((seed) =>
    installed.filter(({ seeds }) => Number(seed) <= seeds).map(({ name: arm }) => ({ arm, seed }))
  );
  await all({ name: peers.name, beside }, await programOf(step), asked, step);
}

const folder = `${projectRoot}/${tsp.template}`;

async function programOf(step: StepContext): Promise<TwinProgram> {
  return await twinProgram(folder, step);
}

function seedsTo(most: number): string[] {
  return Array.from({ length: most }, (_, i) => `${i + 1}`);
}

/** Runs what is asked for and not kept, over Workers that may start tuners. */
async function all(
  { name, beside = [] }: { readonly name: string; readonly beside?: readonly TspRun[] },
  program: TwinProgram,
  asked: readonly Asked[],
  { workers, signal, ...step }: StepContext,
): Promise<void> {
  const { budget, count, tests, config } = tsp;
  const plan = { budget, count, tests, config, published: published.length, active: initDefaults.active, curve: false };
  const code = codeOf(...["lib", "bench/evidence", "bench/peers"].map((part) => `${projectRoot}/${part}`));
  const facts = { plan, pool: program.pool.hash, code };
  let done = 0;
  const path = unfinishedPath(name);
  const runs = await resumed<Asked, TspRun>({ path, facts }, asked, async function* (left) {
    const items = left.map((one): TspOrder => ({ ...plan, program, ...one }));
    const module = new URL("./tsp_worker.ts", import.meta.url);
    const permissions = { run: ["/bin/sh"] };
    for await (const run of overWorkers<TspOrder, TspRun>({ module, items, workers, signal, permissions })) {
      const { tsplib: _gaps, ownMs: _ms, ...told } = run;
      step.emit({ type: "compare.run", id: null, ok: true, ...told });
      step.progress(asked.length - left.length + ++done, asked.length);
      yield run;
    }
  });
  keepRuns(name, [...runs, ...beside]);
  Deno.removeSync(path);
}
