import { bytesOf, genomeAttack, oneFile } from "../genomes.ts";

const genome = oneFile({ path: "src/w\u0430lker.ts" });

export default genomeAttack({
  goal: "Pass for a file of the pool.",
  way: "A path with a Cyrillic letter that looks like a Latin one.",
  bytes: bytesOf(genome),
  by: "genome.text",
  wired: genome,
});
