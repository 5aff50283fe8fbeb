/**
 * Residents beside the programs of process managers.
 *
 * @module
 */

import type { Goal, Sample } from "../../lib/records/bench.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { stepProcess } from "../../lib/step/command.ts";
import type { Bench, Part } from "../suite/bench.ts";
import { figure, meets } from "../suite/figure.ts";
import { linesOf } from "../suite/lines.ts";
import { idle, type Peer, peers } from "../suite/peers.ts";

/** What is aimed at beside each peer: in starting, and in what its idle process takes. */
const goals: Readonly<Record<string, { readonly start: Goal; readonly idle?: Goal }>> = {
  PM2: { start: { kind: "least", value: 4, unit: "times faster" }, idle: { kind: "most", value: 1, unit: "times" } },
  supervisord: { start: { kind: "least", value: 1, unit: "times faster" } },
};

/** Starting residents, and keeping them while nothing happens. */
export const residents: Part = {
  name: "residents",
  brief: "starting residents, and their idle supervisor, against PM2 and supervisord",
  async run(bench: Bench) {
    const count = bench.options.quick ? 10 : 200;
    const run = await bench.population(`residents-${count}`, count);
    const began = performance.now();
    const ours = await startResidents(run, count);
    const started = { wallMs: performance.now() - began, cpuMs: NaN, peakKiB: null };
    await ours.atRest;
    const quiet = await idle(ours.child.pid, bench.options.quick ? 1000 : 10_000);
    await bench.step("stop", run);
    await ours.child.status;
    for (const peer of peers) await against(bench, peer, count, started, quiet);
  },
};

async function against(bench: Bench, peer: Peer, count: number, started: Sample, quiet: Sample): Promise<void> {
  const { onFigure, onOmission } = bench.options;
  const workload = `starting ${count} residents, which run their first episodes meanwhile`;
  const why = await peer.missing();
  if (why !== undefined) return onOmission({ part: "residents", workload, why });
  const folder = `${projectRoot}/runs/${bench.run(peer.name)}`;
  Deno.mkdirSync(folder, { recursive: true });
  await using running = await peer.start(folder, count);
  const common = { part: "residents", agents: count, repeats: 1 };
  onFigure(figure({
    ...common,
    workload,
    reference: `${peer.name} starting as many Deno programs that do nothing`,
    ours: started,
    against: { wallMs: running.wallMs, cpuMs: NaN, peakKiB: null },
    goal: goals[peer.name]!.start,
  }));
  const theirs = await idle(running.pid, quiet.wallMs);
  const goal = goals[peer.name]!.idle;
  const idleFigure = { ...common, reference: `${peer.name}'s own process`, ours: quiet, against: theirs, goal };
  const memory = quiet.peakKiB! / theirs.peakKiB!;
  onFigure({
    ...idleFigure,
    workload: `memory of the idle supervisor of ${count} residents`,
    value: memory,
    byCpu: null,
    met: goal ? meets(memory, goal) : null,
  });
  // A hundredth of a second is the least that can be told.
  const cpu = Math.max(quiet.cpuMs, 10) / Math.max(theirs.cpuMs, 10);
  onFigure({
    ...idleFigure,
    workload: `CPU time of the idle supervisor of ${count} residents`,
    value: cpu,
    byCpu: cpu,
    met: goal ? meets(cpu, goal) : null,
  });
}

/** The supervisor of residents. */
interface Supervisor {
  readonly child: Deno.ChildProcess;
  /** Fulfilled when all have done what was due. */
  readonly atRest: Promise<void>;
}

/** Starts the supervisor of a run's residents; returns once all of them have said that they are up. */
async function startResidents(run: string, count: number): Promise<Supervisor> {
  const flags = ["--run", run, "--mode", "resident", "--format", "ndjson", "--quiet"];
  const child = stepProcess("supervise", flags, {
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let up = 0, evaluated = 0;
  const [allUp, atRest] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  atRest.promise.catch(() => {});
  (async () => {
    for await (const line of linesOf(child.stdout)) {
      const { type } = JSON.parse(line);
      if (type === "resident.started") up++;
      if (type === "agent.evaluated") evaluated++;
      if (up >= count) allUp.resolve();
      if (evaluated >= count) atRest.resolve();
    }
    const error = new Error(
      `supervise ended with ${up} residents of ${count}, of which ${evaluated} had been evaluated`,
    );
    allUp.reject(error);
    atRest.reject(error);
  })();
  await allUp.promise;
  return { child, atRest: atRest.promise };
}
