import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { blocks } from "../docs_pages.ts";
import { Population } from "../acceptance/_population.ts";
import { moduleOf, recorded, said, takenHome, usableEngines } from "./_taken_home.ts";

/** Templates, and whether an agent forgets between episodes, so that each of them begins as it does in a module. */
const templates = [
  ["agent_template", true],
  ["examples/onemax", true],
  ["tests/acceptance/instances", true],
  ["tests/acceptance/contract", false],
] as const;

async function evolved(template: string): Promise<Population> {
  return await new Population().like(`one cycle of ${template}`, async (begun) => {
    await begun.step("init", "--count", "12", "--seed", "11", "--template", `${projectRoot}/${template}`);
    await begun.step("lifecycle", "--cycles", "1", "--sleep", "0", "--isolation", "shared");
  });
}

for (const [template, forgets] of templates) {
  Deno.test(`show --code writes modules that act bit for bit as was recorded: ${template}`, async () => {
    await using run = await evolved(template);
    const all = recorded(run, 6);
    assert(all.size > 2, `${all.size} agents were judged`);
    const engines = await usableEngines();
    for (const [id, episodes] of all) {
      const path = await moduleOf(run, id, "js");
      const expected = forgets ? episodes : episodes.slice(0, 1);
      for (const engine of engines) {
        const taken = await takenHome(engine, path, expected.map(({ options }) => options));
        assertEquals(taken.map(({ actions }) => actions), expected.map(({ actions }) => actions), engine);
        const scores = taken.map(({ objectives }) =>
          objectives.miss === undefined ? objectives.score : -objectives.miss
        );
        assertEquals(scores, expected.map(({ score }) => score), engine);
      }
    }
  });
}

Deno.test("docs/take-home.md: its programs do what it says, with a module of onemax", async () => {
  await using run = await evolved("examples/onemax");
  const [id] = recorded(run, 1).keys();
  const module = await moduleOf(run, id!, "js");
  const folder = module.slice(0, module.lastIndexOf("/"));
  await Deno.rename(module, `${folder}/best.js`);
  const programs = await blocks("docs/take-home.md", "js");
  assertEquals(programs.length, 2);
  for (const engine of await usableEngines()) {
    const [played, decided] = await Promise.all(
      programs.map((program, at) => said(engine, `${folder}/${engine}${at}.mjs`, program)),
    );
    assertMatch(played!, /^\d+ 100 undefined\n$/);
    assertMatch(decided!, /^([01]\n){5}$/);
  }
});

Deno.test("show --code needs a signed kit, and says what it can write", async () => {
  await using run = await evolved("tests/acceptance/contract");
  assertStringIncludes((await run.fails(2, "show", "best", "--code", "best.py")).err, "ends in .js or .ts");
  assertStringIncludes((await run.fails(2, "show", "--code", "js", "--format", "md")).err, "leave --format out");
  const programs = [...Deno.readDirSync(`${run.paths.store}/programs`)];
  for (const { name } of programs) {
    const path = `${run.paths.store}/programs/${name}`;
    await Deno.writeTextFile(path, `${await Deno.readTextFile(path)} `);
  }
  const { records, out } = await run.fails(1, "show", "--code", "js");
  assert(!out.includes("export function"), out);
  assertEquals(records, []);
});

Deno.test("show --code writes a file where there is none, and none over", async () => {
  await using run = await evolved("tests/acceptance/contract");
  const folder = await Deno.makeTempDir();
  try {
    const { out } = await run.step("show", "best", "--code", "js");
    const { err } = await run.step("show", "best", "--code", `${folder}/best.js`);
    assertStringIncludes(err, `the module is in ${folder}/best.js`);
    assertEquals(await Deno.readTextFile(`${folder}/best.js`), out);
    await Deno.writeTextFile(`${folder}/mine.ts`, "export const mine = 1;\n");
    const refused = await run.fails(2, "show", "best", "--code", `${folder}/mine.ts`);
    assertStringIncludes(refused.err, "it must not be there yet");
    assertEquals(await Deno.readTextFile(`${folder}/mine.ts`), "export const mine = 1;\n");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
