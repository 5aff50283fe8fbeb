import { bytesOf, genomeAttack, oneFile } from "../genomes.ts";

const genome = oneFile({ path: "/etc/passwd" });

export default genomeAttack({
  goal: "Have a file of the host imported by the wiring.",
  way: "An absolute path in a genome.",
  bytes: bytesOf(genome),
  by: "genome.shape",
  wired: genome,
});
