import { stops } from "../attack.ts";
import { changed, folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Have a file of the host read as a genome, or written over with one.",
  way: "A link in place of genome.bin.",
  plant(folder, outside) {
    Deno.writeTextFileSync(`${outside}/target`, "kept");
    Deno.removeSync(`${folder}/genome.bin`);
    Deno.symlinkSync(`${outside}/target`, `${folder}/genome.bin`);
  },
  harm: (_folder, outside, shown) => shown.includes("kept") ? "it was read" : changed(`${outside}/target`, "kept"),
  walk: stops("agent.link"),
  shipped: stops("agent.link"),
});
