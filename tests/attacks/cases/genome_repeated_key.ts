import { genomeAttack } from "../genomes.ts";

export default genomeAttack({
  goal: "Be one genome to who reads the first of two equal keys, and another to who reads the last.",
  way: "A map with one key twice.",
  bytes: new Uint8Array([0x82, 0xa1, 0x61, 0x01, 0xa1, 0x61, 0x02]),
  by: "genome.repeated",
});
