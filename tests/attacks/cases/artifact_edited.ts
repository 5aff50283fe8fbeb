import { tampering } from "../tampering.ts";

export default tampering({
  goal: "Have a program run that was never audited, unseen by who compares sizes and times.",
  way: "One letter of the artifact is changed, and the file's times are set back.",
  async tamper({ victim: { path } }) {
    const { atime, mtime } = await Deno.stat(path);
    await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace("fill(1)", "fill(0)"));
    await Deno.utime(path, atime!, mtime!);
  },
  by: "cut anew",
});
