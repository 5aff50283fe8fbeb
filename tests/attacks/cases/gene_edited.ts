import { stops } from "../attack.ts";
import { folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Run with code that was never audited, unseen by who compares sizes and times.",
  way: "A gene file is edited at equal size, and its times are set back.",
  plant(folder) {
    const path = `${folder}/src/walker.ts`;
    const { atime, mtime } = Deno.statSync(path);
    Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace("> 0.5 ? 1", "> 0.4 ? 1"));
    Deno.utimeSync(path, atime!, mtime!);
  },
  harm(folder) {
    const built = [...Deno.readDirSync(`${folder}/dist`)].map(({ name }) =>
      Deno.readTextFileSync(`${folder}/dist/${name}`)
    );
    return built.some((text) => text.includes("> 0.4 ? 1")) ? "the edit was built" : undefined;
  },
  layer: "bundle",
  shipped: stops(),
});
