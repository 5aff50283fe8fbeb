import { assert, assertEquals } from "@std/assert";
import { projectRoot } from "../lib/run/paths.ts";
import { read } from "./docs_pages.ts";

/** The command of the task `doc`, of which the modules are the last words. */
const command: string = JSON.parse(await read("deno.json")).tasks.doc.command;
const modules = command.split(" ").filter((word) => word.endsWith(".ts"));

async function doc(...flags: string[]): Promise<{ code: number; said: string }> {
  const args = ["doc", ...flags, ...modules];
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: projectRoot,
    env: { NO_COLOR: "1" },
  }).output();
  return { code, said: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

Deno.test("deno doc finds nothing undocumented in what templates and plugins import", async () => {
  const { code, said } = await doc("--lint");
  assertEquals(code, 0, said);
});

Deno.test("deno task doc writes a page for each type that templates and plugins import", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { code, said } = await doc("--html", "--name=Evolve", `--output=${folder}`);
    assertEquals(code, 0, said);
    const all = await Deno.readTextFile(`${folder}/all_symbols.html`);
    for (const name of ["GeneContext", "WorldSettings", "View", "Strategy", "Measured", "Fitness", "RunEvent"]) {
      assert(all.includes(`>${name}<`), name);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
