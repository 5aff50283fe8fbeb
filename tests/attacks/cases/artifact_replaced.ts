import { tampering } from "../tampering.ts";

export default tampering({
  goal: "Have a program run that was never audited.",
  way: "Another program is planted in the place that the artifact is started from.",
  tamper: ({ victim }) => Deno.writeTextFile(victim.path, "for (;;);"),
  by: "cut anew",
});
