import { bytesOf, genomeAttack, oneFile } from "../genomes.ts";

export default genomeAttack({
  goal: "Give a gene a parameter that its author has not foreseen.",
  way: "A parameter of 1e300 where the pool allows at most 1.",
  bytes: bytesOf(oneFile({ parameters: { eagerness: 1e300 } })),
  by: "genome.range",
});
