import { assert, assertEquals } from "@std/assert";
import { runPaths } from "../lib/run/paths.ts";
import { blocksOf, emptyFolder, shell } from "./page_steps.ts";

Deno.test("docs/tutorial.md: from an empty folder to a program that uses what was found, block by block", async () => {
  const name = `test-tutorial-${crypto.randomUUID().slice(0, 13)}`;
  const { folder, bin } = await emptyFolder();
  const outputs: string[] = [];
  try {
    for (const { file, text } of await blocksOf("docs/tutorial.md")) {
      if (file !== undefined) {
        await Deno.writeTextFile(`${folder}/${file}`, text);
        continue;
      }
      // A run of its own, and fewer cycles.
      const commands = text.replaceAll("--run shop", `--run ${name}`).replaceAll(/--cycles \d+/g, "--cycles 2");
      outputs.push(await shell(commands, folder, bin));
    }
    const told = outputs.join("\n");
    for (const word of ["goOnSoon", "trace.step", '"makespan"', "schedule"]) {
      assert(told.includes(word), `${word} of ${told}`);
    }
    assertUseful(outputs.at(-1)!);
    assert((await Deno.readTextFile(`${folder}/shop.html`)).includes("job 7, "), "a bar's label is in the page");
  } finally {
    await Deno.remove(`${folder}/..`, { recursive: true });
    await Deno.remove(runPaths(name).root, { recursive: true }).catch(() => {});
  }
});

/** The last program prints a makespan and a schedule: of three jobs with two operations, at least 11 minutes on a machine. */
function assertUseful(out: string): void {
  const [makespan] = out.match(/^\d+/)!;
  assert(Number(makespan) >= 11 && Number(makespan) <= 19, out);
  assertEquals(out.match(/job: \d/g)?.length, 6, out);
}
