import { stops } from "../attack.ts";
import { folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Have code of the host taken for a gene.",
  way: "A link in place of a gene file, to a file with the same bytes for now.",
  plant(folder, outside) {
    Deno.renameSync(`${folder}/src/walker.ts`, `${folder}/../../walker.ts`);
    Deno.symlinkSync(`${folder}/../../walker.ts`, `${folder}/src/walker.ts`);
    Deno.writeTextFileSync(`${outside}/note`, folder);
  },
  walk: stops("agent.link"),
  shipped: stops("agent.link"),
});
