import { stopAttack } from "../stopping.ts";

export default stopAttack({
  goal: "Hang `stop` and each step, deaf to signals.",
  way: "A named pipe in place of the file of the lock.",
  by: "must be a file of at most",
  plant: (path) => {
    Deno.removeSync(path);
    new Deno.Command("mkfifo", { args: [path] }).outputSync();
  },
});
