import { Population } from "../../acceptance/_population.ts";

/** A run of six agents of short evaluations, before its first cycle. */
export async function born(): Promise<Population> {
  return await new Population().like("six of short evaluations", async (run) => {
    await Deno.mkdir(run.paths.workspace, { recursive: true });
    await run.configure({ world: { steps: 20, episodes: 1 } });
    await run.step("init", "--count", "6", "--seed", "3", "--quiet");
  });
}
