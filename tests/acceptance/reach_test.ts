import { assertEquals } from "@std/assert";
import { tinyFiles, writeTemplate } from "../agents/made_run.ts";
import { Population } from "./_population.ts";

const idle = `import type { GeneContext } from "evolve/contract";

export const parameters = { pause: { min: 0, max: 9, default: 1, scale: "linear" } };

/**
 * Nothing that anybody has.
 *
 * @phase act
 */
export function idle(context: GeneContext): number {
  return context.parameters.pause!;
}
`;

/** A run of the small template of which no gene changes a genome, so that all stay what they are. */
async function settled(changes: Readonly<Record<string, string | null>> = {}) {
  const files = { "src/seed.ts": null, ...changes };
  const run = await new Population().like(`6 settled of ${JSON.stringify([tinyFiles, changes])}`, async (first) => {
    await writeTemplate(`${first.paths.root}/template`, files);
    const template = ["--template", `${first.paths.root}/template`];
    await first.step("init", "--count", "6", "--seed", "7", "--active", "1", ...template);
    await first.configure({ selection: { replacementFraction: 0 }, backoff: { crashes: 1 } });
    await first.begin("lifecycle", "--cycles", "1").ended;
  });
  const template = `${run.paths.root}/template`;
  return {
    run,
    renew: async (changed: Readonly<Record<string, string | null>>) => {
      await writeTemplate(template, { ...files, ...changed });
      await run.step("init", "--template", template);
    },
  };
}

const scores = (run: Population) => run.rows("SELECT id, score, score_cycles, build_hash, reach FROM agents");

Deno.test("a gene file that no genome has on makes no agent built, judged or unranked, be it added, edited or removed", async () => {
  const { run, renew } = await settled();
  await using _ = run;
  const before = scores(run);
  for (const text of [idle, idle.replace("max: 9", "max: 5").replace("pause!;", "pause! + 1;"), null]) {
    await renew({ "src/idle.ts": text });
    await run.step("lifecycle", "--cycles", "1");
    assertEquals(scores(run), before);
    assertEquals(run.rows("SELECT count(DISTINCT cycle) AS n FROM agent_builds"), [{ n: 1 }]);
    assertEquals(run.rows("SELECT count(DISTINCT cycle) AS n FROM evaluations"), [{ n: 1 }]);
  }
});

Deno.test("an edit of what genomes reach makes them built and judged anew", async () => {
  const { run, renew } = await settled();
  await using _ = run;
  const before = scores(run);
  await renew({ "src/walker.ts": tinyFiles["src/walker.ts"]!.replace("> 0.5 ? 1 : 0", "> 0.4 ? 1 : 0") });
  await run.step("lifecycle", "--cycles", "1");
  assertEquals(scores(run).map(({ score_cycles }) => score_cycles), Array(6).fill(1));
  assertEquals(scores(run).filter(({ reach }, i) => reach === before[i]!.reach), []);
  assertEquals(run.rows("SELECT count(*) AS n FROM evaluations"), [{ n: 12 }]);
});

Deno.test("an agent that is disabled for its failures stays so until its genome or what it reaches is another", async () => {
  const failing = tinyFiles["src/walker.ts"]!.replace(/context\.param.* : /, "").replace(
    /context\.random\(\) > .*;/,
    "[0].slice(1)[0]!.toFixed().length;",
  );
  const { run, renew } = await settled({ "src/walker.ts": failing });
  await using _ = run;
  const states = () => run.rows("SELECT DISTINCT status, code FROM agents");
  const disabled = states();
  assertEquals(disabled, [{ status: "disabled", code: "evaluation.crash" }]);
  await renew({ "src/idle.ts": idle });
  await run.begin("scan").ended;
  assertEquals(states(), disabled);
  await renew({ "src/walker.ts": tinyFiles["src/walker.ts"]! });
  await run.begin("scan").ended;
  assertEquals(states(), [{ status: "active", code: null }]);
});
