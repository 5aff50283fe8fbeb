import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { Population } from "../acceptance/_population.ts";

const template = `${projectRoot}/tests/acceptance/contract`;

/** Six agents of a world with objectives and answers, after two cycles. */
async function answering(): Promise<Population> {
  const run = new Population();
  return await run.like("six that answer", async (begun) => {
    await begun.step("init", "--count", "6", "--seed", "3", "--template", template);
    await begun.step("lifecycle", "--cycles", "2", "--sleep", "0", "--isolation", "shared");
  });
}

interface Judged {
  readonly id: string;
  readonly cycle: number;
  readonly episodes: string;
}

const best = `SELECT e.agent AS id, e.cycle, e.episodes FROM evaluations e JOIN agents a ON a.id = e.agent
  WHERE e.kind = 'judged' AND e.genome_hash = a.scored_genome_hash AND a.status <> 'dead'
  ORDER BY a.violation, a.score DESC, a.ordinal, e.cycle DESC LIMIT 1`;

Deno.test("show tells the best agent's genes, parameters, source, parents and results", async () => {
  await using run = await answering();
  const [expected] = run.rows<Judged>(best);
  const { records } = await run.step("show");
  const shown = records[0]!;
  assertEquals([shown.type, shown.id], ["agent.shown", expected!.id]);
  const genome = run.genome(expected!.id).files.find(({ path }) => path === "src/aim.ts")!;
  const active = Object.keys(genome.functions).filter((name) => genome.functions[name]).map((name) =>
    `src/aim.ts#${name}`
  );
  const genes = shown.genes as { gene: string; source: string }[];
  assertEquals(genes.map(({ gene }) => gene).filter((gene) => gene.startsWith("src/aim")), active);
  for (const { gene, source } of genes) assert(source.startsWith(`export function ${gene.split("#")[1]}(`), source);
  assertEquals((shown.parameters as Record<string, unknown>)["src/aim.ts"], genome.parameters);
  const { episodes, cycle } = shown.evaluation as { episodes: { score: number; measures: unknown }[]; cycle: number };
  assertEquals([cycle, episodes.map(({ measures }) => measures)], [expected!.cycle, JSON.parse(expected!.episodes)]);
  assertEquals((shown.objective as { value: number }).value, -(shown.score as number));
  const byId = await run.step("show", expected!.id.slice(0, 13));
  assertEquals(byId.records[0], shown);
  for (const format of ["md", "table"]) {
    const { out: stdout } = await run.step("show", "best", "--format", format);
    for (const text of [expected!.id, "minimise", ...active, genes[0]!.source.split("\n")[0]!]) {
      assertStringIncludes(stdout, text);
    }
  }
});

Deno.test("answers plays again what was done, and gives what the world says of it", async () => {
  await using run = await answering();
  const [expected] = run.rows<Judged>(best);
  const { records } = await run.step("answers", "best");
  const answers = records.slice(0, -1);
  assertEquals(
    answers.map(({ type, id, episode }) => [type, id, episode]),
    [0, 1].map((n) => ["agent.answer", expected!.id, n]),
  );
  assertEquals(answers.map(({ measures }) => measures), JSON.parse(expected!.episodes));
  for (const { answer, measures } of answers) {
    const { places, by } = answer as { places: number[][]; by: string };
    assertEquals([places.length, by], [6, "genes"]);
    assert(Number.isFinite((measures as { miss: number }).miss));
  }
  const { out: stdout } = await run.step("answers", "--format", "csv");
  const [heading, first] = stdout.split("\n");
  assertEquals(heading, "id,cycle,episode,score,violation,miss,spread,first,answer.places,answer.found,answer.by");
  assertStringIncludes(first!, `${expected!.id},${expected!.cycle},0,`);
  assertStringIncludes(first!, JSON.stringify((answers[0]!.answer as { places: unknown }).places));
});

Deno.test("answers and show say what is missing, and what to do", async () => {
  await using run = await answering();
  const codeOf = async (code: number, step: string, ...flags: string[]) => {
    const { records } = await run.fails(code, step, ...flags);
    return (records.at(-1)!.issue as { code: string }).code;
  };
  assertEquals(await codeOf(2, "show", "zzzz"), "agent.unknown");
  assertEquals(await codeOf(2, "answers", "zzzz"), "agent.unknown");
  await run.configure({ world: { steps: 5 } });
  assertEquals((await run.step("answers")).records.length, 3, "in the worlds that it was judged in");
  run.rows("UPDATE evaluations SET shared_inputs = NULL");
  assertEquals(await codeOf(1, "answers"), "answer.conditions");
  await run.configure({});
  run.rows("UPDATE evaluations SET evidence_hash = NULL");
  assertEquals(await codeOf(1, "answers"), "answer.forgotten");
  run.rows("UPDATE agents SET score = NULL");
  assertEquals(await codeOf(2, "show"), "best.none");
  await using other = await Population.make(1);
  const { records } = await other.fails(2, "answers");
  assertEquals((records.at(-1)!.issue as { code: string }).code, "answer.none");
});
