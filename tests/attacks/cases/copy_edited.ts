import { stops } from "../attack.ts";
import { folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Have a program run that was never audited.",
  way: "The copy of the artifact in the agent's folder is replaced by one that writes a file.",
  plant(folder, outside) {
    Deno.writeTextFileSync(`${folder}/dist/main.js`, `Deno.writeTextFileSync("${outside}/ran", "");`);
  },
  harm: (_folder, outside) => [...Deno.readDirSync(outside)].length > 0 ? "it ran" : undefined,
  layer: "signature",
  shipped: stops("finished"),
});
