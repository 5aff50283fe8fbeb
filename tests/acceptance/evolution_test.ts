import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import * as world from "../../agent_template/world.ts";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import { costingGenes } from "../../lib/genome/active.ts";
import { fromBytes } from "../../lib/runtime/genome_bytes.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { judge } from "../../lib/runtime/judge.ts";
import { worldsOf } from "../../lib/run/worlds.ts";
import { fileOf, Population } from "./_population.ts";

const size = 10;

/** How agents are kept apart changes no result. */
const cheap = ["--isolation", "shared"];

Deno.test("over cycles the size holds, lethal genotypes die out, the sterile have no children, the judge gives all scores", async () => {
  await using run = await Population.make(size);
  const [lethal, sterile] = (await run.status()).map(({ id }) => id);
  const genes = run.pool().files.flatMap((file) => file.functions.map((gene) => ({ ...gene, path: file.path })));
  const needy = genes.find((gene) => gene.calls.some((call) => call.startsWith(gene.path)))!;
  const needed = needy.calls.find((call) => call.startsWith(needy.path))!.split("#")[1]!;
  run.edit(lethal!, (genome) => {
    for (const file of genome.files) {
      file.active = file.path === needy.path;
      for (const name of Object.keys(file.functions)) file.functions[name] = name === needy.name;
    }
  });
  run.edit(sterile!, (genome) => {
    for (const { path, name, phase } of genes) if (phase === "birth") fileOf(genome, path).functions[name] = false;
  });
  for (let cycle = 1; cycle <= 4; cycle++) {
    const { records } = await run.step("lifecycle", "--cycles", "1", ...cheap);
    const members = await run.status();
    const present = members.filter(({ status }) => status !== "dead");
    assertEquals(present.length, size);
    assertEquals([records[0]!.cycle, records[0]!.alive], [
      cycle,
      present.filter(({ status }) => status === "active").length,
    ]);
    if (cycle === 1) {
      const { status, reason } = members.find(({ id }) => id === lethal)!;
      assertEquals(status, "disabled");
      assertStringIncludes(
        reason!,
        `\`${needy.name}\` in ${needy.path} calls \`${needed}\`, which the genome switches off`,
      );
      assert(members.find(({ id }) => id === sterile)!.score !== null, "the sterile live and are scored");
    }
    // An elite is its genome: one of those that ranked first stays, in its agent or in a copy.
    const best = first(run, cycle);
    assert(present.some(({ genomeHash }) => best.includes(genomeHash)), `the elite of cycle ${cycle} is lost`);
  }
  const members = await run.status();
  assertEquals(members.find(({ id }) => id === lethal)!.status, "dead");
  const known = new Map(members.map((member) => [member.id, member]));
  const born = members.filter(({ parents }) => parents.length > 0);
  assert(born.length >= 8);
  const kinds = new Map(
    run.rows<{ id: string; kind: string }>("SELECT id, kind FROM agents").map((row) => [row.id, row.kind]),
  );
  for (const { id, parents, generation } of born) {
    assert(parents.every((parent) => parent.id !== sterile && parent.id !== lethal), `${id} has a sterile parent`);
    assertEquals(new Set(parents.map((parent) => `${parent.id} ${parent.genomeHash}`)).size, parents.length);
    const copy = kinds.get(id) === "copy";
    const highest = Math.max(...parents.map((parent) => known.get(parent.id)!.generation));
    assertEquals(generation, highest + (copy ? 0 : 1));
    for (const { id: parent, genomeHash, share } of parents) {
      assert(known.has(parent));
      assertMatch(genomeHash, /^[0-9a-f]{64}$/);
      if (!copy) assert(share !== null && share >= 0 && share <= 1, `${id} has ${share} of ${parent}`);
    }
  }
  assertJudged(run);
});

/** Each score is what the judge makes of the evidence, played again in the world of its cycle. */
function assertJudged(run: Population): void {
  const pool = run.pool();
  const evaluations = run.rows<
    { cycle: number; score: number; scores: string; genome: Uint8Array; evidence: Uint8Array }
  >(
    `SELECT e.cycle, e.score, e.scores, g.bytes AS genome, v.bytes AS evidence FROM evaluations e
      JOIN blobs g ON g.hash = e.genome_hash JOIN blobs v ON v.hash = e.evidence_hash WHERE e.kind = 'judged'`,
  );
  assertEquals(new Set(evaluations.map(({ cycle }) => cycle)).size, 4);
  assert(evaluations.length >= 8);
  for (const { cycle, score, scores, genome, evidence } of evaluations) {
    const verdict = judge(world as never, {
      token: "",
      worlds: worldsOf("7", cycle, pool.world, defaultConfig.world),
      genes: costingGenes(fromBytes(genome) as Genome, pool),
      evidence: JSON.parse(new TextDecoder().decode(evidence)),
    });
    assert(verdict.ok);
    const judged = verdict.judgements.map((one) => one.score);
    assertEquals(judged, JSON.parse(scores));
    assertEquals(score, judged.reduce((sum, one) => sum + one, 0) / judged.length);
  }
}

Deno.test("drift holds the size as well, and does not care for fitness", async () => {
  await using run = await Population.make(size);
  const { records } = await run.step("lifecycle", "--cycles", "2", "--selection", "none", ...cheap);
  for (const record of records.slice(0, -1)) {
    assertEquals((record.alive as number) + (record.disabled as number), size);
    assert((record.died as number) > 0);
  }
  assertEquals((await run.status()).filter(({ status }) => status !== "dead").length, size);
  const dead = run.rows<{ reason: string }>("SELECT reason FROM agents WHERE code = 'died.rank'");
  // What has failed has no fitness.
  const fitness = dead.flatMap(({ reason }) => /fitness was ([\d.]+)\./.exec(reason)?.slice(1).map(Number) ?? []);
  assert(fitness.length > 0);
  const ranked = run.rows<{ score: number }>(
    "SELECT score FROM evaluations WHERE kind = 'judged' AND cycle = 1 ORDER BY score",
  );
  const worst = ranked.slice(0, fitness.length).map(({ score }) => score);
  assert(fitness.some((one) => one > worst.at(-1)!) || worst.at(-1) === ranked.at(-1)!.score, "as if by rank");
});

/** The genomes that ranked first in a cycle, by the episodes of that. */
function first(run: Population, cycle: number): unknown[] {
  const rows = run.rows<{ genome: string }>(
    `SELECT genome_hash AS genome FROM evaluations WHERE kind = 'judged' AND cycle = ?1 AND score =
      (SELECT max(score) FROM evaluations WHERE kind = 'judged' AND cycle = ?1)`,
    cycle,
  );
  return rows.map(({ genome }) => genome);
}
