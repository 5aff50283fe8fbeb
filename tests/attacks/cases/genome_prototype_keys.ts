import { bytesOf, genomeAttack } from "../genomes.ts";

export default genomeAttack({
  goal: "Change what all objects of a step inherit.",
  way: "The keys __proto__ and constructor in a genome.",
  bytes: bytesOf({
    version: 1,
    files: [],
    ["__proto__"]: { active: true },
    constructor: { prototype: { active: true } },
  }),
  by: "genome.key",
});
