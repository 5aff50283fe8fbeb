import { assert, assertEquals } from "@std/assert";
import { sha256 } from "../../lib/util/hash.ts";
import { stream } from "../../lib/runtime/random.ts";
import { cutShort } from "./_cut.ts";
import { Population } from "./_population.ts";

const chain = ["--until", "2", "--sleep", "0"];

Deno.test("killed anywhere and started again, a lifecycle ends in the same population", async () => {
  await using whole = await Population.make(5);
  await using torn = await Population.make(5);
  const straight = await whole.step("lifecycle", ...chain);
  const random = stream("0123456789abcdef0123456789abcdef");
  let cut = 0;
  for (const way of ["group", "parent", "interrupt", "group", "parent"] as const) {
    if (await cutShort(torn, "lifecycle", chain, way, 1 + Math.floor(random() * 400))) cut++;
  }
  assert(cut >= 2, `only ${cut} were cut short`);
  const rest = await torn.step("lifecycle", ...chain);
  assert(rest.records.length <= straight.records.length);
  assertEquals(await told(torn), await told(whole));
  await written(torn);
});

Deno.test("killed and started again, init makes the same agents", async () => {
  await using whole = new Population();
  await using torn = new Population();
  const many = ["--count", "40", "--seed", "7"];
  await whole.step("init", ...many);
  for (const changes of [2, 50, 300]) await cutShort(torn, "init", many, "group", changes);
  await torn.step("init", ...many);
  assertEquals(await told(torn), await told(whole));
  await written(torn);
});

/** All that a run is, without times and without counts of starts. */
async function told(run: Population): Promise<unknown> {
  return {
    status: await run.status(),
    cycles: run.rows("SELECT * FROM cycles ORDER BY cycle"),
    episodes: run.rows(`SELECT cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, outcome, message, scores,
      measures, evidence_hash, genome_after, reproducible FROM evaluations ORDER BY cycle, agent, kind`),
    blobs: run.rows("SELECT hash, kind FROM blobs ORDER BY hash"),
    inboxes: run.rows("SELECT * FROM inboxes ORDER BY agent, position"),
    outbox: run.rows("SELECT * FROM outbox ORDER BY cycle, sender, line"),
    memories: run.rows("SELECT * FROM memories ORDER BY agent"),
    events: run.rows("SELECT count(*) AS n, type FROM events GROUP BY type ORDER BY type"),
    folders: [...Deno.readDirSync(run.paths.agents)].map(({ name }) => name).sort(),
  };
}

/** What lies in the folders is what the listing says. */
async function written(run: Population): Promise<void> {
  for (const { id, status, genomeHash } of await run.status()) {
    if (status !== "dead") assertEquals(await sha256(Deno.readFileSync(run.genomePath(id))), genomeHash);
  }
}
