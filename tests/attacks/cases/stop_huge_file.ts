import { stopAttack } from "../stopping.ts";

export default stopAttack({
  goal: "Fill the memory of `stop` and of each step.",
  way: "Gigabytes in place of the file of the lock.",
  by: "must be a file of at most",
  plant: (path) => Deno.truncateSync(path, 2 ** 36),
});
