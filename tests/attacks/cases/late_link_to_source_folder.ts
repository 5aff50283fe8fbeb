import { stops } from "../attack.ts";
import { folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Have the generated wiring written into a folder of the host.",
  way: "A link in place of the folder src, planted when scan has come by, the wiring in it removed.",
  after: "scan",
  plant(folder, outside) {
    Deno.mkdirSync(`${outside}/src`);
    Deno.removeSync(`${folder}/src`, { recursive: true });
    Deno.symlinkSync(`${outside}/src`, `${folder}/src`);
  },
  harm: (_folder, outside) => [...Deno.readDirSync(`${outside}/src`)].length > 0 ? "a file was written" : undefined,
  layer: "decoding",
  shipped: stops(),
});
