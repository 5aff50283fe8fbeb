import { bytesOf, genomeAttack } from "../genomes.ts";

export default genomeAttack({
  goal: "Use up the time of the steps that read genomes.",
  way: "As many files as fit, each of them one that the pool does not have.",
  bytes: bytesOf({
    version: 1,
    files: Array.from(
      { length: 600 },
      (_, i) => ({ path: `src/f${i}.ts`, active: true, functions: {}, parameters: {} }),
    ),
  }),
  by: "genome.shape",
});
