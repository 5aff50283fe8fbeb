import { stops } from "../attack.ts";
import { folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Have the copy of the artifact written over a file of the host.",
  way: "A link in place of the folder dist, planted when sync-wiring has come by.",
  after: "sync-wiring",
  plant(folder, outside) {
    Deno.removeSync(`${folder}/dist`, { recursive: true });
    Deno.symlinkSync(outside, `${folder}/dist`);
  },
  harm: (_folder, outside) => [...Deno.readDirSync(outside)].length > 0 ? "a file was written" : undefined,
  layer: "decoding",
  shipped: stops(),
});
