import { stops } from "../attack.ts";
import { changed, folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Have a file of the host read as a genome, or written over with one.",
  way: "A hard link in place of genome.bin, which looks like any file.",
  plant(folder, outside) {
    Deno.writeTextFileSync(`${folder}/../../target-of-hard-link`, "kept");
    Deno.removeSync(`${folder}/genome.bin`);
    Deno.linkSync(`${folder}/../../target-of-hard-link`, `${folder}/genome.bin`);
    Deno.writeTextFileSync(`${outside}/note`, folder);
  },
  harm: (folder) => changed(`${folder}/../../target-of-hard-link`, "kept"),
  walk: stops("agent.hardlink"),
  shipped: stops("agent.hardlink"),
});
