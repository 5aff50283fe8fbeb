import { bytesOf, genomeAttack, oneFile } from "../genomes.ts";

const genome = oneFile({ functions: { "${Deno.exit()}": true, "`": true } });

export default genomeAttack({
  goal: "Have code evaluated within a text of the generated wiring.",
  way: "Names with the signs of a template literal.",
  bytes: bytesOf(genome),
  by: "genome.shape",
  wired: genome,
});
