import { bytesOf, genomeAttack, oneFile } from "../genomes.ts";

export default genomeAttack({
  goal: "Write code into the generated wiring.",
  way: "A text in place of a parameter's number.",
  bytes: bytesOf(oneFile({ parameters: { eagerness: "0, ...Deno" } })),
  by: "genome.shape",
});
