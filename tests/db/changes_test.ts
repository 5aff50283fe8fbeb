import type { ChangeReport } from "../../lib/records/report_cycle.ts";
import { assert, assertEquals } from "@std/assert";
import { Listing } from "../../lib/db/listing.ts";
import { toBytes } from "../../lib/runtime/genome_bytes.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { readBirths } from "../../lib/steps/report/births.ts";
import { noChanges, ofToday, readChanges, sumChanges } from "../../lib/db/changes.ts";
import { Expression } from "../../lib/genome/expression.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { madePool } from "../steps/report/made_run.ts";

/** A genome of two files, by its switches and one parameter. */
function genome(active: boolean, learn: boolean, rate: number): Genome {
  return {
    version: 1,
    files: [
      { path: "src/fsm.ts", active, functions: { decide: true, mode: false }, parameters: { rate: 0.1 } },
      { path: "src/rl.ts", active: true, functions: { choose: true, learn }, parameters: { rate } },
    ],
  };
}

async function listingOf(genomes: Record<string, Genome>): Promise<Listing> {
  const listing = Listing.open(`${await Deno.makeTempDir()}/listing.db`, { create: true });
  for (const [hash, one] of Object.entries(genomes)) listing.putBlob(hash, "genome", toBytes(one));
  return listing;
}

function addBirth(
  listing: Listing,
  ordinal: number,
  parents: string[],
  after: string | null,
  outcome = "finished",
): void {
  listing.run(
    `INSERT INTO agents (ordinal, id, status, disabled_cycle, kind, stage, generation, born, parents, genome_hash, code_hash,
       energy) VALUES (?, ?, ?, ?, 'birth', 'adult', 1, 1, ?, ?, 'c', 1)`,
    ordinal,
    `id${ordinal}`,
    outcome === "finished" ? "active" : "disabled",
    outcome === "finished" ? null : 1,
    JSON.stringify(parents.map((genomeHash) => ({ id: "x", genomeHash, share: null }))),
    after ?? parents[0]!,
  );
  listing.run(
    `INSERT INTO evaluations (cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, outcome, genome_after)
     VALUES (1, ?, 'gestation', ?, 'c', 'b', '{}', ?, ?)`,
    `id${ordinal}`,
    parents[0]!,
    outcome,
    after,
  );
}

Deno.test("readChanges() tells mutation, recombination and births without effect apart", async () => {
  using listing = await listingOf({
    first: genome(true, false, 0.2),
    mate: genome(false, false, 0.25),
    mated: genome(true, false, 0.25),
    mutant: genome(true, false, 0.3),
    both: genome(false, true, 0.25),
  });
  addBirth(listing, 0, ["first", "mate"], null);
  addBirth(listing, 1, ["first", "mate"], "mated");
  addBirth(listing, 2, ["first"], "mutant");
  addBirth(listing, 3, ["first", "mate"], "both");
  addBirth(listing, 4, ["first", "mate"], "first");
  addBirth(listing, 5, ["first", "mate"], null, "crash");
  assertEquals(readChanges(listing, 1, new Expression(madePool)), {
    finished: 5,
    mated: 4,
    unchanged: 2,
    recombined: 2,
    mutated: 2,
    undecided: 1,
    switches: 1,
    parameters: 3,
  });
});

Deno.test("readChanges() takes no coincidence for recombination", async () => {
  const { min, max, default: usual } = madePool.files[0]!.parameters[0]!;
  using listing = await listingOf({
    first: genome(true, false, 0.2),
    switched: genome(true, true, 0.2),
    least: genome(true, false, min),
    most: genome(true, false, max),
    usual: genome(true, false, usual as number),
    drawn: genome(true, false, 0.3),
  });
  for (const [i, hash] of ["switched", "least", "most", "usual"].entries()) addBirth(listing, i, ["first", hash], hash);
  addBirth(listing, 4, ["first"], "drawn");
  addBirth(listing, 5, ["first", "lost"], "drawn");
  addBirth(listing, 6, ["first", "switched", "lost"], "drawn");
  const { recombined, mutated, undecided, mated } = readChanges(listing, 1, new Expression(madePool));
  assertEquals({ recombined, mutated, undecided, mated }, { recombined: 0, mutated: 1, undecided: 6, mated: 5 });
});

Deno.test("readChanges() counts no recombination in a population in which no gene reads mates", async () => {
  const random = stream(deriveSeed("7", "changes"));
  const drawn = () => genome(random() < 0.5, random() < 0.5, 0.001 + 0.99 * random());
  const genomes = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`g${i}`, drawn()]));
  using listing = await listingOf(genomes);
  for (let i = 0; i < 100; i++) addBirth(listing, i, [`g${i}`, `g${100 + i}`], `g${200 + i}`);
  const { recombined, mated, switches, undecided } = readChanges(listing, 1, new Expression(madePool));
  assertEquals([recombined, mated], [0, 100]);
  assert(switches > 50 && undecided > 20, "there is what coincides");
});

Deno.test("readBirths() counts newborns that were disabled before a result as unviable, and random ones apart", async () => {
  using listing = await listingOf({ first: genome(true, false, 0.2) });
  addBirth(listing, 0, ["first"], null);
  addBirth(listing, 1, ["first"], null, "crash");
  addBirth(listing, 2, ["first"], null, "crash");
  listing.run(
    `INSERT INTO evaluations (cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, outcome, score)
     VALUES (2, 'id2', 'judged', 'first', 'c', 'b', '{}', 'finished', 1)`,
  );
  addBirth(listing, 3, ["first"], null);
  listing.run("UPDATE agents SET kind = 'random', parents = '[]' WHERE id = 'id3'");
  const { births, unviable, viableShare, cycles } = readBirths(listing, {
    gestations: noChanges,
    adapted: 0,
    judged: 1,
  });
  assertEquals([births, unviable, viableShare], [3, 1, 1 - 1 / 3]);
  assertEquals(cycles, [{ cycle: 1, births: 3, copies: 0, random: 1, unviable: 1 }]);
});

Deno.test("ofToday() calls undecided what was counted as a mate's before that was distinguished", () => {
  const { undecided: _, ...former } = { ...noChanges, finished: 3, mated: 3, recombined: 2 };
  assertEquals(sumChanges([ofToday(former as ChangeReport)]), { ...noChanges, finished: 3, mated: 3, undecided: 2 });
  const present = { ...noChanges, recombined: 1 };
  assertEquals(ofToday(present), present);
});
