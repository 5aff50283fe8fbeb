import { stops } from "../attack.ts";
import { folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Have a module loaded that is no gene.",
  way: "A file in the agent's folder that belongs to no agent, with what Deno and npm look for beside it.",
  plant(folder) {
    for (const name of ["hook.js", "package.json", ".npmrc", "import_map.json"]) {
      Deno.writeTextFileSync(`${folder}/${name}`, "{}");
    }
  },
  walk: stops("agent.foreign"),
  shipped: stops("agent.foreign"),
});
