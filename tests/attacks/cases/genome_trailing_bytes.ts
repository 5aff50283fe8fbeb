import { bytesOf, genomeAttack, oneFile } from "../genomes.ts";

export default genomeAttack({
  goal: "Hide something behind a genome, such as a program.",
  way: "A sound genome with a text after its end.",
  bytes: new Uint8Array([...bytesOf(oneFile({})), ...new TextEncoder().encode("#!/bin/sh\n")]),
  by: "genome.trailing",
});
