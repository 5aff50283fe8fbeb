import { tampering } from "../tampering.ts";

export default tampering({
  goal: "Have a program run that lies where its author can change it at any time.",
  way: "A link in place of the artifact.",
  async tamper({ victim, run }) {
    const elsewhere = `${run.paths.root}/elsewhere.js`;
    await Deno.writeTextFile(elsewhere, "for (;;);");
    await Deno.remove(victim.path);
    await Deno.symlink(elsewhere, victim.path);
  },
  by: "cut anew",
});
