import { assert, assertEquals } from "@std/assert";
import { Population } from "./_population.ts";

const gene = `import type { GeneContext } from "evolve/contract";
/** @phase act */
export function choose(context: GeneContext): number {
  return Math.floor(context.random() * context.actions);
}
/** @phase birth */
export function breed(_context: GeneContext): void {}
`;

function world(randomness: string): string {
  return `import type { Judgement } from "evolve/contract";
export const world = { action: { space: "discrete", count: 1000 }, phases: ["act"], steps: 9, episodes: 2, noisy: false,
  memory: "episode", ${randomness} environments: { plain: {} } } as const;
export function begin() { return { sum: 0 }; }
export function perceive() { return {}; }
export function act(state: { sum: number }, action: number): number { state.sum += action; return action; }
export function finished() { return false; }
export function judge({ sum }: { sum: number }): Judgement { return { score: sum, measures: {} }; }
`;
}

/** Scores and marks of agents of one genome, each in its own evaluation. */
async function judged(randomness: string): Promise<{ score: number; drew: number; scores: string }[]> {
  const template = await Deno.makeTempDir();
  await Deno.mkdir(`${template}/src`);
  await Deno.writeTextFile(`${template}/world.ts`, world(randomness));
  await Deno.writeTextFile(`${template}/src/choose.ts`, gene);
  await using run = new Population();
  await run.step("init", "--count", "4", "--seed", "7", "--active", "1", "--template", template);
  await run.step("lifecycle", "--cycles", "1", "--sleep", "0", "--isolation", "shared");
  await Deno.remove(template, { recursive: true });
  return run.rows("SELECT score, drew, scores FROM evaluations WHERE kind = 'judged' ORDER BY agent");
}

Deno.test("with randomness from the genome a score is a function of it; else a draw is marked where it stands for ever", async () => {
  const same = await judged(`randomness: "genome",`);
  assertEquals(same.length, 4);
  assertEquals(new Set(same.map(({ score }) => score)).size, 1);
  // Episodes differ from each other all the same.
  assertEquals(new Set(JSON.parse(same[0]!.scores)).size, 2);
  assert(same.every(({ drew }) => drew === 0));
  const marked = await judged("");
  assertEquals([new Set(marked.map(({ score }) => score)).size, marked.every(({ drew }) => drew === 1)], [4, true]);
});
