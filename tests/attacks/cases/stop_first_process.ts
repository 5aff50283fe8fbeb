import { stopAttack } from "../stopping.ts";

export default stopAttack({
  goal: "Have `stop` end the machine, or all that a user runs.",
  way: "The ids 1, and that of all processes, are written into the file of the lock.",
  by: "Cannot end process",
  plant: (path, held) => Deno.writeTextFileSync(path, JSON.stringify({ ...held, pid: -1 })),
});
