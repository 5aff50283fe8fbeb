import { assertEquals } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { evaluatorSection } from "../../../lib/steps/report/evaluator_section.ts";
import { readSteps } from "../../../lib/steps/report/times.ts";
import { noteRun } from "../../../lib/step/listed.ts";
import { Stages } from "../../../lib/step/stages.ts";

Deno.test("readSteps() puts runs, and the stages of all runs, together", async () => {
  await using made = await listingInFolder();
  const { path } = made;
  note(path, "supervise", 1000, { updates: 10, perSecond: 10, processCpuMs: 400 }, [1, 1, 1]);
  note(path, "supervise", 3000, { updates: 60, perSecond: 20, processCpuMs: 800 }, [50]);
  note(path, "scan", 1000, { updates: 0 }, []);
  using listing = Listing.open(path);
  assertEquals(readSteps(listing), [
    { step: "scan", runs: 1, wallMs: 1000, share: 0.2, updates: 0, perSecond: null, stages: [], cycles: [[0, 1000]] },
    {
      step: "supervise",
      runs: 2,
      wallMs: 4000,
      cpuMs: 1200,
      share: 0.8,
      updates: 70,
      perSecond: 17.5,
      stages: [{ stage: "process", count: 4, totalMs: 53, p50: 1, p99: 49.5 }],
      cycles: [[0, 4000]],
    },
  ]);
});

Deno.test("readSteps() sums up by cycle what evaluators did, where there were any", async () => {
  await using made = await listingInFolder();
  const { path } = made;
  const counts = { elsewhere: 5, elsewhereMs: 100, verified: 1, atHome: 2, droppedEvaluators: 0 };
  note(path, "supervise", 1000, counts, []);
  note(path, "supervise", 1000, { ...counts, droppedEvaluators: 1 }, []);
  {
    using listing = Listing.open(path);
    listing.db.exec("INSERT INTO cycles (cycle, state) VALUES (1, 'open')");
  }
  note(path, "supervise", 1000, { updates: 1 }, []);
  note(path, "scan", 1000, {}, []);
  using listing = Listing.open(path);
  const [scan, supervise] = readSteps(listing);
  const both = { cycle: 0, elsewhere: 10, elsewhereMs: 200, verified: 2, atHome: 4, droppedEvaluators: 1 };
  assertEquals([scan!.evaluators, supervise!.evaluators], [undefined, [both]]);
  const [section] = evaluatorSection([scan!, supervise!]);
  assertEquals(section!.rows, [[0, 10, 200, 2, 4, 1]]);
  assertEquals(evaluatorSection([scan!]), []);
});

Deno.test("readSteps(): what a foreign listing claims of stages is passed over", async () => {
  await using made = await listingInFolder();
  for (
    const told of [{ stages: { a: null } }, { stages: 7 }, { perSecond: "x", stages: { a: { buckets: [0] } } }, {
      elsewhere: "x",
    }]
  ) {
    noteRun(made.path, "scan", 5, told);
  }
  using listing = Listing.open(made.path);
  const [scan] = readSteps(listing);
  assertEquals([scan!.runs, scan!.perSecond, scan!.stages.every(({ count }) => count === 0)], [4, null, true]);
});

function note(path: string, step: string, wallMs: number, told: object, durations: readonly number[]): void {
  const stages = new Stages();
  for (const ms of durations) stages.add("process", ms);
  noteRun(path, step, wallMs, { ...told, stages: stages.counted() });
}

async function listingInFolder() {
  const folder = await Deno.makeTempDir({ prefix: "times-" });
  const path = `${folder}/listing.db`;
  Listing.open(path, { create: true }).close();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}
