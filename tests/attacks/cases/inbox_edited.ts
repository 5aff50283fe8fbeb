import { stops } from "../attack.ts";
import { folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Have a message delivered that nobody sent, or end the step that reads it.",
  way: "Forged lines, and a line of a megabyte without an end, in inbox.ndjson and memory.json.",
  plant(folder) {
    Deno.writeTextFileSync(
      `${folder}/inbox.ndjson`,
      `{"kind":"mate","from":"x","genomeHash":"../.."}\n${"x".repeat(1e6)}`,
    );
    Deno.writeTextFileSync(`${folder}/memory.json`, "[[[[");
  },
  harm: () => undefined,
  layer: "decoding",
  shipped: stops("finished"),
});
