import { assertEquals, assertGreater, assertLess, assertRejects } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { fromBytes } from "../../lib/runtime/genome_bytes.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { runTwins, type TwinJob, type TwinProgram, type TwinRun } from "../../lib/twin/twin.ts";
import { Misuse } from "../../lib/util/issue.ts";
import { changedProgram, configOf, programOf } from "./made.ts";

const onemax = `${projectRoot}/examples/onemax`;

/** OneMax where three of four bits are told by lot: which genome scores best in a cycle is luck for the most part. */
async function lottery(): Promise<TwinProgram> {
  const told = "return context.parameters.bits[context.perception.place!] ? 1 : 0;";
  return await changedProgram(
    "src/bits.ts",
    (text) => text.replace(told, `if (context.random() < 0.75) return context.random() < 0.5 ? 1 : 0;\n  ${told}`),
    onemax,
    (world) => world.replace("noisy: false", "noisy: true"),
  );
}

const bestParent = { strategy: "mu-plus-lambda", mu: 1 };
const race = { first: 12, keep: 1, episodes: 64 };

async function runsOf(program: TwinProgram, selection: Record<string, unknown>, cycles = 1): Promise<TwinRun[]> {
  const jobs = Array.from({ length: 16 }, (_, i): TwinJob => {
    return {
      seed: `${i}`,
      config: configOf({ selection, world: { steps: 25 } }),
      count: 12,
      active: 1,
      cycles,
      tells: "agents",
    };
  });
  return await Array.fromAsync(runTwins(program, jobs, { workers: 1 }));
}

/** Ones in the genome of the one that was kept, by which nothing was selected. */
function onesKept({ population }: TwinRun): number {
  const [kept] = population.filter(({ born }) => born === 0);
  const { files } = fromBytes(kept!.genome) as Genome;
  const { bits } = files.find(({ path }) => path === "src/bits.ts")!.parameters;
  return (bits as unknown as boolean[]).slice(0, 25).filter((bit) => bit).length;
}

Deno.test("what a race keeps is good, where a cycle alone keeps what was lucky, and its episodes are counted", async () => {
  const program = await lottery();
  const [lucky, raced] = [await runsOf(program, bestParent), await runsOf(program, { ...bestParent, race })];
  const mean = (runs: readonly TwinRun[]) => runs.reduce((ones, run) => ones + onesKept(run), 0) / runs.length;
  assertGreater(mean(raced), mean(lucky) + 1);
  assertEquals(raced.map(({ last: { episodes, raced } }) => [episodes, raced])[0], [12 + 12 * 64, 12]);
  assertEquals(lucky.map(({ last: { episodes, raced } }) => [episodes, raced])[0], [12, undefined]);
  // What is kept was not the luckiest most of the time.
  const isBest = raced.filter(({ population, last }) => population.some(({ id }) => id === last.best!.id));
  assertLess(isBest.length, 8);
});

Deno.test("a race within cycles is refused where the world is not noisy", async () => {
  const error = await assertRejects(() => programOf(onemax).then((program) => runsOf(program, { race })), Misuse);
  assertEquals(error.issue.code, "selection.needs");
});
