import { stops } from "../attack.ts";
import { folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Have the copy of the artifact written over a file of the host.",
  way: "A link in place of dist/main.js, planted when sync-wiring has come by.",
  after: "sync-wiring",
  plant(folder, outside) {
    Deno.writeTextFileSync(`${outside}/target`, "kept");
    Deno.symlinkSync(`${outside}/target`, `${folder}/dist/main.js`);
  },
  harm: (_folder, outside) =>
    Deno.readTextFileSync(`${outside}/target`) === "kept" ? undefined : "the file was written over",
  layer: "decoding",
  shipped: stops(),
});
