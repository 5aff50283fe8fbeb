import { stopAttack } from "../stopping.ts";

export default stopAttack({
  goal: "Have `stop` end a process of somebody else.",
  way: "The id of another process is written into the file of the lock.",
  by: "Cannot end process",
  plant: (path, held, pid) => Deno.writeTextFileSync(path, JSON.stringify({ ...held, pid })),
});
