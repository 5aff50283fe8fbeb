import { assert, assertEquals, assertGreater, assertMatch, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { Population } from "./_population.ts";

const oneMax = `${projectRoot}/tests/acceptance/onemax`;

Deno.test("a template of one's own evolves: OneMax", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await new Deno.Command("cp", { args: ["-r", `${oneMax}/.`, folder] }).output();
    await using run = await Population.make(16, "--template", folder);
    // The run has a copy: what becomes of the folder does not matter any more.
    await Deno.remove(folder, { recursive: true });
    const { records } = await run.step("lifecycle", "--cycles", "4", "--isolation", "shared");
    const scores = records.slice(0, -1).map((record) => record.score as { best: number; mean: number });
    assertGreater(scores[3]!.mean, scores[0]!.mean);
    // An elite is its genome: where the world is not noisy, the best is never lost.
    for (let i = 1; i < 4; i++) assert(scores[i]!.best >= scores[i - 1]!.best);
    for (const record of records.slice(0, -1)) assertEquals([record.alive, record.disabled], [16, 0]);
    // Each score is what the genome is worth: the number of its bits.
    for (const { id, status, score, genomeHash, scoredGenomeHash } of await run.status()) {
      if (status !== "active" || score === null || genomeHash !== scoredGenomeHash) continue;
      const { files } = run.genome(id);
      const [bits, tally] = ["src/bits.ts", "src/tally.ts"].map((path) => files.find((file) => file.path === path)!);
      const on = tally!.active && tally!.functions.tally && bits!.active;
      assertEquals(score, on ? Object.values(bits!.functions).filter(Boolean).length : 0);
    }
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
});

Deno.test("a template without birth is reported, and its population goes on without children", async () => {
  const folder = await Deno.makeTempDir();
  await using run = new Population();
  try {
    await new Deno.Command("cp", { args: ["-r", `${oneMax}/.`, folder] }).output();
    await Deno.remove(`${folder}/src/vary.ts`);
    const { err } = await run.step("init", "--template", folder, "--count", "5", "--seed", "7");
    assertStringIncludes(err, "no gene of the template has phase birth, so no agent will have children");
    const { records } = await run.step("lifecycle", "--cycles", "2", "--isolation", "shared");
    assertEquals(records.slice(0, -1).map(({ alive, born, died }) => [alive, born, died]), [[5, 0, 0], [5, 0, 0]]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** What is changed in the template, and what the person is told. */
const bad: Record<string, [(folder: string) => void, RegExp]> = {
  "no genes": [(at) => Deno.removeSync(`${at}/src`, { recursive: true }), /must have genes/],
  "no gene in any file": [(at) => {
    Deno.removeSync(`${at}/src`, { recursive: true });
    write(at, "src/none.ts", "export const parameters = {};\n");
  }, /must have genes/],
  "no world": [(at) => Deno.removeSync(`${at}/world.ts`), /must have a world: there is no \S+\/world\.ts/],
  "two functions of one name": [
    (at) => write(at, "src/more.ts", "\n\n/** @phase act */\nexport function tally() {\n  return 0;\n}\n"),
    /src\/tally\.ts:4 as every gene must have a name of its own: tally is also in src\/more\.ts:4/,
  ],
  "a syntax error": [(at) => write(at, "src/more.ts", "export function broken( {\n"), /src\/more\.ts:[12]\b/],
  "a world with a syntax error": [
    (at) => write(at, "world.ts", "export const world = {\n\n  steps: ;\n"),
    /world\.ts:3\b/,
  ],
  "a phase that is none": [
    (at) => write(at, "src/more.ts", "/** @phase expres */\nexport function more() {}\n"),
    /src\/more\.ts:2\b.*did you mean express/,
  ],
  "a phase within a line": [
    (at) => write(at, "src/more.ts", "/** Does more. @phase express */\nexport function more() {}\n"),
    /src\/more\.ts:2\b.*@phase must begin a line/,
  ],
  "a gene that reads files": [
    (at) =>
      write(
        at,
        "src/more.ts",
        '/** @phase act */\nexport function more() {\n  return Deno.readFileSync("/etc/passwd").length;\n}\n',
      ),
    /src\/more\.ts:3\b.*Deno/,
  ],
  "an import of a file": [
    (at) =>
      write(
        at,
        "src/more.ts",
        'import x from "/etc/passwd" with { type: "text" };\nexport function more() {\n  return x.length;\n}\n',
      ),
    /src\/more\.ts:1\b/,
  ],
};

Deno.test("a template that can't be used: exit 2 with file and line, and nothing made", async () => {
  await Promise.all(
    Object.entries(bad).map(async ([name, [harm, told]]) => {
      const folder = await Deno.makeTempDir();
      await using run = new Population();
      try {
        await new Deno.Command("cp", { args: ["-r", `${oneMax}/.`, folder] }).output();
        harm(folder);
        const { err, records } = await run.fails(2, "init", "--template", folder, "--count", "3");
        assertMatch(err, told, name);
        assertStringIncludes(err, "init: Cannot ");
        const [, ...further] = err.trimEnd().split("\n");
        assertEquals(further.filter((line) => !line.startsWith("init:   Cannot ")), [], err);
        assertEquals(records.map(({ ok }) => ok), [false]);
        assertEquals(await Deno.lstat(run.paths.listing).catch(() => "none"), "none");
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    }),
  );
});

function write(folder: string, path: string, text: string): void {
  Deno.mkdirSync(`${folder}/src`, { recursive: true });
  Deno.writeTextFileSync(`${folder}/${path}`, text);
}
