import { bytesOf, genomeAttack, oneFile } from "../genomes.ts";

const genome = oneFile({ path: "src/a.ts */ Deno.exit(); /*\n// .ts" });

export default genomeAttack({
  goal: "Write code into a comment of the generated wiring or of the bundle, and end the comment.",
  way: "A path with the end of a comment and a line feed.",
  bytes: bytesOf(genome),
  by: "genome.shape",
  wired: genome,
});
