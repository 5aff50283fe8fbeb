import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../lib/run/paths.ts";
import { blocksOf, emptyFolder, shell } from "./page_steps.ts";

Deno.test("docs/how-to.md: each task, block by block, comes to what the page says", async () => {
  const name = `test-how-to-${crypto.randomUUID().slice(0, 13)}`;
  const { folder, bin } = await emptyFolder();
  const outputs: string[] = [];
  try {
    for (const { file, text } of await blocksOf("docs/how-to.md")) {
      if (file !== undefined) {
        await Deno.writeTextFile(`${folder}/${file}`, text);
        continue;
      }
      // Runs of its own, with fewer cycles, seeds, races and episodes.
      const commands = text.replaceAll(/\bsearch(?=[-\s])/g, name).replaceAll(/--cycles \d+/g, "--cycles 1")
        .replace("in 1 2 3 4 5", "in 1").replaceAll(/ \S+-[ab][2345]\b/g, "")
        .replaceAll(/task lifecycle .*/g, "$& --no-race").replaceAll(
          "ablate best",
          "ablate best --test 20 --episodes 16",
        );
      outputs.push(await shell(commands, folder, bin));
    }
    const told = outputs.join("\n");
    for (const word of ["src/corner.ts#inwards", '"against":{"pairs":1', name]) assertStringIncludes(told, word);
    const [before, after] = await Promise.all(
      ["before", "after"].map(async (file) => JSON.parse(await Deno.readTextFile(`${folder}/${file}.json`))),
    );
    assert(typeof before.digest === "string");
    assertEquals(after.digest, before.digest);
    assertMatch(outputs.find((out) => /^4 \d/.test(out)) ?? told, /^4 \d+(\.\d+)?\n$/);
    assert(JSON.parse(await Deno.readTextFile(`${folder}/answers.json`)), "answers");
    assertStringIncludes(await Deno.readTextFile(`${folder}/search.prom`), `evolve_cycles_total{run="${name}"} `);
  } finally {
    await Deno.remove(`${folder}/..`, { recursive: true });
    for (const { name: run } of [...Deno.readDirSync(`${projectRoot}/runs`)]) {
      if (run.startsWith(name)) await Deno.remove(`${projectRoot}/runs/${run}`, { recursive: true });
    }
  }
});
