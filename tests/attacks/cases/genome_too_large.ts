import { genomeAttack } from "../genomes.ts";

export default genomeAttack({
  goal: "Use up the memory of the steps that read genomes.",
  way: "A genome.bin of 70,000 bytes.",
  bytes: new Uint8Array(70_000),
  by: "genome.size",
});
