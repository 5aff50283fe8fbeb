import { stops } from "../attack.ts";
import { folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Make a step wait for ever when it opens a file.",
  way: "A named pipe in place of a gene file.",
  async plant(folder) {
    Deno.removeSync(`${folder}/src/walker.ts`);
    await new Deno.Command("mkfifo", { args: [`${folder}/src/walker.ts`] }).output();
  },
  walk: stops("agent."),
  shipped: stops("agent."),
});
