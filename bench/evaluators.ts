/**
 * How the rate of evaluations grows with evaluators: a real supervisor and broker, and simulated evaluators. Writes
 * docs/evidence/evaluators.ndjson, docs/evaluators.svg, and the part of docs/performance.md that is about them.
 *
 * `deno run -A bench/evaluators.ts`, about ten minutes; needs nats-server. `--page` measures nothing, and writes chart and page
 * anew. With `--agents N`, `--ms 1,10,100`, `--evaluators 1,4,16,64,256` or `--looping 10,100`, which is the times with
 * which some loop, it writes to stdout alone.
 *
 * @module
 */

import { NatsServer } from "../tests/evaluators/nats.ts";
import { type Cell, ofIdeal, rate } from "./scaling/cell.ts";
import { keepScaling, readScaling } from "./scaling/files.ts";
import { ScalingRun } from "./scaling/run.ts";
import { loadOf, machineInWords } from "./suite/machine.ts";
import { renewScaling } from "./suite/results.ts";

const args = Deno.args;
const numbers = (flag: string, other: string) =>
  (args.includes(flag) ? args[args.indexOf(flag) + 1]! : other).split(",").filter(Boolean).map(Number);
const [agents] = numbers("--agents", "4000") as [number];
const times = numbers("--ms", "1,10,100"), counts = numbers("--evaluators", "1,4,16,64,256");
const plan = [
  ...times.flatMap((ms) => counts.map((evaluators) => ({ ms, evaluators, looping: false }))),
  // Of as many as a supervisor can keep busy.
  ...numbers("--looping", "10,100").map((ms) => ({ ms, evaluators: ms < 100 ? 16 : 64, looping: true })),
];

if (args.includes("--page")) {
  keepScaling(readScaling()!);
  await writePage();
} else {
  const cells = await measure();
  if (args.length === 0) {
    keepScaling({ at: new Date().toISOString(), machine: await machineInWords(), load: await loadOf(), agents, cells });
    await writePage();
  }
}

/** Measures all of the plan. */
async function measure(): Promise<Cell[]> {
  await using server = await NatsServer.start();
  await using run = await ScalingRun.make(server, agents);
  const cells: Cell[] = [];
  for (const one of plan) {
    const cell = await run.measure(one);
    console.log(JSON.stringify({ ...cell, perSecond: Math.round(rate(cell)), ofIdeal: +ofIdeal(cell).toFixed(2) }));
    cells.push(cell);
  }
  return cells;
}

async function writePage(): Promise<void> {
  renewScaling();
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "-q", "docs/performance.md"] }).output();
}
