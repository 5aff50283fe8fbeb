import { bytesOf, genomeAttack, oneFile } from "../genomes.ts";

const genome = oneFile({ functions: { 'stride as gene0 } from "./walker.ts"; Deno.exit(); import { stride': true } });

export default genomeAttack({
  goal: "Write code into the generated wiring.",
  way: "A function's name that ends the import in which it stands.",
  bytes: bytesOf(genome),
  by: "genome.shape",
  wired: genome,
});
