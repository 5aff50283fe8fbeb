import { tampering } from "../tampering.ts";

export default tampering({
  goal: "Have a program run that lies where its author can change it at any time, such as right after it was hashed.",
  way: "A link in place of the artifact, to a copy that has the right bytes for now.",
  async tamper({ victim, run }) {
    const elsewhere = `${run.paths.root}/copy.js`;
    await Deno.rename(victim.path, elsewhere);
    await Deno.symlink(elsewhere, victim.path);
  },
  by: "cut anew",
});
