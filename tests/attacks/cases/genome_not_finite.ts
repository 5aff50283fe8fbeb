import { bytesOf, genomeAttack, oneFile } from "../genomes.ts";

export default genomeAttack({
  goal: "Bring NaN into everything that is reckoned with the gene.",
  way: "NaN and Infinity as parameters.",
  bytes: bytesOf(oneFile({ parameters: { eagerness: NaN, stride: Infinity } })),
  by: "genome.shape",
});
