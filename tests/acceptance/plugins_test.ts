import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Population } from "./_population.ts";

Deno.test("a fitness that misbehaves ends the chain with words that name it, and repaired it goes on", async () => {
  await using run = await Population.make(4);
  const path = `plugins/odd-${run.name}.ts`;
  const outside = (act: string) =>
    `import fs from "node:fs"; import process from "node:process"; import threads from "node:worker_threads";
     export default ({ score }) => { ${act}; return score; };`;
  const cases = [
    ["fs.writeSync(1, 'past')", "must not use writeSync of node:fs"],
    ["Deno.exit(0)", "it called Deno.exit()"],
    ["process.exit(0)", "it called process.exit()"],
    ["process.kill(process.pid)", "it called process.kill()"],
    ["Promise.reject(new Error('aside'))", "aside"],
    ["throw null", "it threw: null"],
    ["throw 'a text'", "it threw: a text"],
    ["throw { toString() { throw 1; } }", "it threw"],
    ["Deno[Deno.internal].core.print('past')", "it threw"],
    ["new threads.Worker('1', { eval: true })", "must not start a Worker"],
  ] as const;
  await run.configure({ fitness: { module: path } });
  try {
    for (const [i, [act, words]] of cases.entries()) {
      await Deno.writeTextFile(path, `// @ts-nocheck: steps run it unchecked\n${outside(act)}`);
      // The chain hands on what `select` says, for which the cycle waits from then on.
      const { code, records, err } = await (i === 0 ? run.begin("lifecycle", "--until", "1") : run.begin("select"))
        .ended;
      assertEquals([code, records.length, records[0]!.type], [1, 1, "step.finished"], `${act}: ${err}`);
      assertStringIncludes(err, words, act);
      assertStringIncludes(err, path, act);
    }
    await Deno.writeTextFile(path, outside("console.log('x'.repeat(5e6))"));
    const { code, records, err } = await run.begin("lifecycle", "--until", "1").ended;
    assertEquals([code, records.at(-1)!.ok], [0, true], err.slice(-500));
    assertStringIncludes(err, "(the rest is left out)");
    assert(err.length < 2e6);
  } finally {
    await Deno.remove(path);
  }
});
