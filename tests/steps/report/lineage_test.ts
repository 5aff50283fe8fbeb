import { assertEquals } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { readLineage } from "../../../lib/steps/report/lineage.ts";
import { lineageCsv } from "../../../lib/steps/report/lineage_csv.ts";
import { csvField } from "../../../lib/tables/csv.ts";
import { Expression } from "../../../lib/genome/expression.ts";
import { madePool, makeRun } from "./made_run.ts";

const expression = new Expression(madePool);

interface Member {
  readonly parents?: readonly number[];
  readonly born?: number;
  readonly died?: number;
  readonly disabled?: number;
}

/** A listing of agents that are named by their ordinals. */
async function family(members: readonly Member[]): Promise<Listing> {
  const listing = Listing.open(`${await Deno.makeTempDir()}/listing.db`, { create: true });
  const generations: number[] = [];
  members.forEach(({ parents = [], born = 0, died, disabled }, ordinal) => {
    generations.push(parents.length === 0 ? 0 : 1 + generations[parents[0]!]!);
    listing.run(
      `INSERT INTO agents (ordinal, id, status, kind, stage, generation, born, died, disabled_cycle, parents, genome_hash,
         code_hash, energy) VALUES (?, ?, ?, ?, 'adult', ?, ?, ?, ?, ?, 'g', 'c', 1)`,
      ordinal,
      `id${ordinal}`,
      died !== undefined ? "dead" : disabled !== undefined ? "disabled" : "active",
      parents.length === 0 ? "init" : "birth",
      generations[ordinal]!,
      born,
      died ?? null,
      disabled ?? null,
      JSON.stringify(parents.map((parent) => ({ id: `id${parent}`, genomeHash: "g", share: 0.5 }))),
    );
  });
  return listing;
}

Deno.test("readLineage() follows clades over cycles", async () => {
  using listing = await family([
    { died: 1 },
    { died: 2 },
    { died: 3 },
    { parents: [1, 2], born: 1 },
    { parents: [3], born: 2 },
    { parents: [2], born: 2, disabled: 3 },
    { parents: [4], born: 3 },
  ]);
  const { largest, branches: _branches, ...tree } = readLineage(listing, 3, expression);
  assertEquals(tree, {
    founders: 3,
    surviving: 1,
    meanGeneration: 2,
    depth: 3,
    commonAncestor: { id: "id3", generation: 1, born: 1 },
    alive: [3, 3, 4, 3],
    clades: [3, 2, 2, 1],
  });
  assertEquals(
    largest.map(({ founder, active, share, members, depth, alive }) => [founder, active, share, members, depth, alive]),
    [
      ["id1", 3, 1, 4, 3, [1, 2, 2, 3]],
      ["id2", 0, 0, 2, 1, [1, 1, 2, 0]],
      ["id0", 0, 0, 1, 0, [1, 0, 0, 0]],
    ],
  );
});

Deno.test("readLineage() finds no common ancestor where there is none", async () => {
  using apart = await family([{}, {}]);
  assertEquals(readLineage(apart, 0, expression).commonAncestor, null);
  using extinct = await family([{ died: 1 }]);
  const { commonAncestor, meanGeneration, largest } = readLineage(extinct, 1, expression);
  assertEquals([commonAncestor, meanGeneration, largest[0]!.share], [null, null, 0]);
  using one = await family([{ died: 1 }, { parents: [0], born: 1, died: 2 }, { parents: [1], born: 2 }]);
  assertEquals(readLineage(one, 2, expression).commonAncestor?.id, "id2");
});

Deno.test("readLineage() accounts for all that live in each cycle", async () => {
  const path = `${await Deno.makeTempDir()}/listing.db`;
  await makeRun(path, { agents: 7, cycles: 6 });
  using listing = Listing.open(path);
  const { alive, clades, largest, founders } = readLineage(listing, 6, expression);
  assertEquals([alive, founders, largest.length, clades[0]], [Array(7).fill(7), 7, 7, 7]);
  const sums = alive.map((_, cycle) => largest.reduce((sum, clade) => sum + clade.alive[cycle]!, 0));
  assertEquals(sums, alive);
  assertEquals(clades, alive.map((_, cycle) => largest.filter((clade) => clade.alive[cycle]! > 0).length));
});

Deno.test("readLineage() cuts branches so that a sweep within a sweep shows", async () => {
  // Founder 0 takes over from 1 and 2; then its grandchild 5 takes over from the rest of its line.
  using listing = await family([
    { died: 4 },
    { died: 2 },
    { died: 2 },
    { parents: [0], born: 2, died: 6 },
    { parents: [0], born: 2, died: 6 },
    { parents: [3], born: 4 },
    { parents: [5], born: 6 },
    { parents: [5], born: 6 },
  ]);
  const { branches, alive } = readLineage(listing, 8, expression);
  const roots = branches.map(({ root, from, active }) => [root, from, active]);
  assertEquals(roots.some(([root]) => root === "id5"), true);
  for (const { root, from, alive: members, born } of branches) {
    if (from !== null) assertEquals(branches.some((one) => one.root === from), true);
    assertEquals(members.findIndex((count) => count > 0) >= born, true, root);
  }
  assertEquals(branches.reduce((sum, branch) => sum + branch.active, 0), 3);
  alive.forEach((count, cycle) => {
    assertEquals(branches.reduce((sum, branch) => sum + branch.alive[cycle]!, 0) <= count, true);
  });
});

Deno.test("lineageCsv() follows the standard: ancestors exist, come before, and times are in order", async () => {
  const path = `${await Deno.makeTempDir()}/listing.db`;
  await makeRun(path, { agents: 20, cycles: 5 });
  using listing = Listing.open(path);
  const [heading, ...lines] = [...lineageCsv(listing)].join("").trimEnd().split("\n");
  assertEquals(heading!.split(",").slice(0, 4), ["id", "ancestor_list", "origin_time", "destruction_time"]);
  assertEquals(lines.length, listing.get<{ n: number }>("SELECT count(*) AS n FROM agents")!.n);
  for (const [index, line] of lines.entries()) {
    const [id, ancestors, born, died, , kind] = line.split(",") as [string, string, string, string, string, string];
    assertEquals(id, String(index));
    if (kind === "init") assertEquals(ancestors, "[none]");
    else assertEquals(Number(ancestors.slice(1, -1)) < index, true);
    assertEquals(died === "inf" || Number(died) >= Number(born), true);
  }
});

Deno.test("lineageCsv() names all parents", async () => {
  using listing = await family([{}, {}, { parents: [1, 0], born: 1 }]);
  assertEquals([...lineageCsv(listing)].join("").split("\n")[3]!.startsWith('2,"[1,0]",1,inf,id2,birth,'), true);
});

Deno.test("csvField() makes no formula and keeps a field one", () => {
  const fields = [null, 1.5, "plain", "=1+1", "-2", "@x", "\t=1", 'say "no", or\nyes'];
  assertEquals(fields.map(csvField), ["", "1.5", "plain", "'=1+1", "'-2", "'@x", "'\t=1", '"say ""no"", or\nyes"']);
});
