import { stopAttack } from "../stopping.ts";

export default stopAttack({
  goal: "Have `stop` end a process that holds a file of its own.",
  way: "The file of the lock is exchanged for one that another process has locked, and that names a third one.",
  by: "Cannot end process",
  plant: (path, held, pid) => {
    Deno.renameSync(path, `${path}.held`);
    Deno.linkSync(`${path}.held`, path);
    Deno.writeTextFileSync(path, JSON.stringify({ ...held, pid }));
  },
});
