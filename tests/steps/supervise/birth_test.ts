import { assertEquals } from "@std/assert";
import { inboxOf } from "../../../lib/agents/inbox_file.ts";
import { writeFiles } from "../../../lib/steps/supervise/files.ts";
import { type Behaviour, MadeRun } from "./made_run.ts";

/** A run whose last agent is a newborn of the first one, with the second one's genome as a mate. */
async function newborn(behaviour: Behaviour): Promise<{ run: MadeRun; id: string }> {
  const run = await MadeRun.make(["honest", "honest", behaviour]);
  const [first, second, child] = [run.agent(0), run.agent(1), run.agent(2)] as Record<string, string>[];
  using listing = run.listing();
  for (const index of [0, 1]) {
    const { sha256 } = await import("../../../lib/util/hash.ts");
    const bytes = await Deno.readFile(`${run.paths.agents}/${run.agent(index).id}/genome.bin`);
    listing.putBlob(await sha256(bytes), "genome", bytes);
  }
  const parents = [first!, second!].map(({ id, genome_hash }) => ({ id, genomeHash: genome_hash, share: null }));
  listing.run(
    "UPDATE agents SET stage = 'newborn', kind = 'birth', born = 1, built_from = NULL, parents = ? WHERE id = ?",
    JSON.stringify(parents),
    child!.id!,
  );
  listing.run("INSERT INTO inboxes VALUES (?, 0, 'mate', ?, ?)", child!.id!, second!.id!, second!.genome_hash!);
  listing.run("UPDATE cycles SET state = 'closed'");
  return { run, id: child!.id! };
}

Deno.test("supervise(): a gestation is due at any time, once, and reads its mates", async () => {
  const { run, id } = await newborn("changes");
  const { counts, records } = await run.supervise();
  assertEquals([counts.births, counts.judged, counts.changed, counts.updates], [1, 0, 1, 1]);
  assertEquals([records[0]!.id, records[0]!.kind, records[0]!.cycle, records[0]!.score], [id, "gestation", 1, null]);
  const agent = run.agent(2);
  assertEquals([agent.stage, agent.mutations, agent.score, agent.energy], ["adult", 1, null, 100]);
  assertEquals(run.rows("SELECT 1 FROM inboxes"), []);
  const [row] = run.rows("SELECT inputs FROM evaluations");
  assertEquals(JSON.parse(row!.inputs as string).mates, [run.agent(1).genome_hash]);
  assertEquals((await run.supervise()).counts.updates, 0);
});

Deno.test("an inbox holds mates in one shape, made at birth or written later", async () => {
  const { run, id } = await newborn("honest");
  using listing = run.listing();
  const { id: from, genome_hash: genomeHash } = run.agent(1);
  const genome = listing.blob(String(genomeHash))!.toBase64();
  const atBirth = inboxOf(listing, id)["inbox.ndjson"]!;
  assertEquals(JSON.parse(atBirth), { kind: "mate", from, genomeHash, genome });
  listing.run("INSERT INTO pending_files VALUES (?, 'inbox.ndjson')", id);
  writeFiles(listing, run.paths.agents);
  assertEquals(await Deno.readTextFile(`${run.paths.agents}/${id}/inbox.ndjson`), atBirth);
});

Deno.test("what has been read from an inbox stays in its file, and the listing is not ahead of it", async () => {
  const { run, id } = await newborn("honest");
  const file = `${run.paths.agents}/${id}/inbox.ndjson`;
  using listing = run.listing();
  await Deno.writeTextFile(file, inboxOf(listing, id)["inbox.ndjson"]!);
  const before = await Deno.readTextFile(file);
  await run.supervise();
  assertEquals([run.rows("SELECT 1 FROM inboxes"), run.rows("SELECT 1 FROM pending_files")], [[], []]);
  assertEquals(await Deno.readTextFile(file), before);
});

Deno.test("supervise(): records what share of each parent a newborn has", async () => {
  const { run } = await newborn("honest");
  await run.supervise();
  const parents: { share: number }[] = JSON.parse(run.agent(2).parents as string);
  // Of three loci the file alone is alike: each agent was made with a gene and a parameter of its own.
  assertEquals(parents.map(({ share }) => share), [1 / 3, 1 / 3]);
});

Deno.test("supervise(): what can't be born is disabled with the reason, and not tried again", async () => {
  const { run } = await newborn("tells");
  await run.supervise();
  const { status, code, reason, stage } = run.agent(2);
  assertEquals([status, code, stage], ["disabled", "gestation.crash", "newborn"]);
  assertEquals(reason, "Its gestation failed: src/a.ts#run threw a TypeError.");
  assertEquals((await run.supervise()).counts.updates, 0);
});

Deno.test("supervise(): a newborn without an artifact waits to be built", async () => {
  const { run } = await newborn("honest");
  {
    using listing = run.listing();
    listing.run("UPDATE agents SET build_hash = NULL WHERE stage = 'newborn'");
  }
  await run.supervise();
  assertEquals([run.agent(2).status, run.agent(2).code], ["active", null]);
});
