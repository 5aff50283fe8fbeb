import { bytesOf, genomeAttack, oneFile } from "../genomes.ts";

const genome = oneFile({ path: "src/walker.ts\0/../../x.ts" });

export default genomeAttack({
  goal: "Be one path to who checks it and another to the system, which stops at a NUL.",
  way: "A NUL in a path of a genome.",
  bytes: bytesOf(genome),
  by: "genome.shape",
  wired: genome,
});
