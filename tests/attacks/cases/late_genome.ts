import { stops } from "../attack.ts";
import { folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Live on one genome with the artifact of another.",
  way: "The genome is exchanged when build has come by.",
  after: "build",
  plant: (folder) => Deno.writeFileSync(`${folder}/genome.bin`, new Uint8Array([0x82, 0xa5])),
  // What is run is the genome that was built, from the listing; the edit is for the next scan to find.
  harm: () => undefined,
  layer: "decoding",
  shipped: stops("finished"),
});
