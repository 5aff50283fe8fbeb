import { tampering } from "../tampering.ts";

export default tampering({
  goal: "Have a program run that was never audited.",
  way: "The artifact in the store is replaced between signing and start.",
  tamper: ({ victim }) => Deno.writeTextFile(victim.path, "for (;;);"),
  by: "artifact.changed",
});
