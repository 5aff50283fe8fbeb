import { stops } from "../attack.ts";
import { folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Have the generated wiring written into a folder of the host.",
  way: "A link in place of the folder src, to one with the same files.",
  plant(folder, outside) {
    Deno.mkdirSync(`${outside}/src`);
    for (const { name } of [...Deno.readDirSync(`${folder}/src`)]) {
      if (name !== "mod.ts") Deno.copyFileSync(`${folder}/src/${name}`, `${outside}/src/${name}`);
    }
    Deno.removeSync(`${folder}/src`, { recursive: true });
    Deno.symlinkSync(`${outside}/src`, `${folder}/src`);
  },
  harm: (_folder, outside) =>
    [...Deno.readDirSync(`${outside}/src`)].some(({ name }) => name === "mod.ts") ? "mod.ts was written" : undefined,
  walk: stops("agent.link"),
  shipped: stops("agent.link"),
});
