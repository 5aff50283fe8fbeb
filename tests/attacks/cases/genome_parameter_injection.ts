import { bytesOf, genomeAttack, oneFile } from "../genomes.ts";

const genome = oneFile({ parameters: { 'a": 0 }; Deno.exit(); const more = { "b': 1 } });

export default genomeAttack({
  goal: "Write code into the generated wiring.",
  way: "A parameter's name that ends the record in which it stands.",
  bytes: bytesOf(genome),
  by: "genome.shape",
  wired: genome,
});
