import { genomeAttack } from "../genomes.ts";

export default genomeAttack({
  goal: "End a step by the end of its stack.",
  way: "60,000 lists within each other.",
  bytes: new Uint8Array(60_000).fill(0x91),
  by: "genome.depth",
});
