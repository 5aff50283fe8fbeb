import { bytesOf, genomeAttack, oneFile } from "../genomes.ts";

const genome = oneFile({ path: "src/../../../keys/private/signing.ts" });

export default genomeAttack({
  goal: "Have a file outside the pool imported by the wiring.",
  way: "A path with dots in a genome.",
  bytes: bytesOf(genome),
  by: "genome.shape",
  wired: genome,
});
