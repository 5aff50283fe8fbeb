import { stops } from "../attack.ts";
import { folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Have the terminal of who starts a step obey.",
  way: "A file whose name holds an OSC sequence, a C1 control, a line feed and a mark that turns the direction.",
  plant: (folder) => Deno.writeTextFileSync(`${folder}/src/\u001b]0;owned\u0007\u009b2J\nok\u202e.ts`, ""),
  harm: (_folder, _outside, shown) => /[^\P{Cc}\n]|\p{Cf}|\nok/u.test(shown) ? "the terminal obeys" : undefined,
  layer: "audit",
  shipped: stops("code.changed"),
});
