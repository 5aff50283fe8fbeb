import { bytesOf, genomeAttack, oneFile } from "../genomes.ts";

export default genomeAttack({
  goal: "Have the generated entry import itself, or be switched off.",
  way: "The path src/main.ts in a genome.",
  bytes: bytesOf(oneFile({ path: "src/main.ts" })),
  by: "genome.unknown",
});
