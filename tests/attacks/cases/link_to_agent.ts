import { stops } from "../attack.ts";
import { folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Have an agent's files written into a folder of the host.",
  way: "A link in place of the agent's whole folder.",
  plant(folder) {
    Deno.renameSync(folder, moved(folder));
    Deno.symlinkSync(moved(folder), folder);
  },
  harm: (folder) =>
    [...Deno.readDirSync(`${moved(folder)}/dist`)].length > 0 ? "the copy of the artifact was written" : undefined,
  walk: stops("agent."),
  shipped: stops("agent."),
});

/** A folder of the run that belongs to no agent. */
function moved(folder: string): string {
  return folder.replace(/agents\/[^/]*$/, "moved");
}
