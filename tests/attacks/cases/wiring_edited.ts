import { stops } from "../attack.ts";
import { folderAttack } from "../folders.ts";

export default folderAttack({
  goal: "Have a file of the host built into the artifact.",
  way: "The generated wiring and the manifest are edited so as to import it.",
  plant(folder, outside) {
    Deno.writeTextFileSync(`${outside}/stolen.ts`, "export const stolen = 'stolen';");
    const path = `${folder}/src/mod.ts`;
    const text = `import { stolen } from "${outside}/stolen.ts";\n${
      Deno.readTextFileSync(path)
    }\nconsole.log(stolen);\n`;
    Deno.writeTextFileSync(path, text);
    const manifest = JSON.parse(Deno.readTextFileSync(`${folder}/deno.json`));
    manifest.imports["evolve/runtime"] = `${outside}/stolen.ts`;
    Deno.writeTextFileSync(`${folder}/deno.json`, JSON.stringify(manifest));
  },
  harm(folder, outside) {
    const texts = ["src/mod.ts", "deno.json", "dist/main.js"].map((name) => Deno.readTextFileSync(`${folder}/${name}`));
    return texts.some((text) => text.includes(outside) || text.includes("stolen")) ? "it is in there" : undefined;
  },
  layer: "bundle",
  shipped: stops("finished"),
});
