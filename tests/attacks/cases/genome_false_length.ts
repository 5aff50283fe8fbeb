import { genomeAttack } from "../genomes.ts";

export default genomeAttack({
  goal: "Use up the memory of the steps that read genomes.",
  way: "A list that claims four thousand million items in five bytes.",
  bytes: new Uint8Array([0xdd, 0xff, 0xff, 0xff, 0xff]),
  by: "genome.truncated",
});
