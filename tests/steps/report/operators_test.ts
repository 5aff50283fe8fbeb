import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { Listing } from "../../../lib/db/listing.ts";
import { Expression } from "../../../lib/genome/expression.ts";
import type { Pool } from "../../../lib/genome/pool.ts";
import { operatorSection } from "../../../lib/steps/report/operator_section.ts";
import { readOperators } from "../../../lib/steps/report/operators.ts";
import { toBytes } from "../../../lib/runtime/genome_bytes.ts";

const functions = ["shift", "swap", "rest"].map((name) => ({ name, phase: "birth", calls: [], line: 1, lines: 1 }));
const pool = {
  files: [{ path: "src/a.ts", functions, parameters: [] }],
  world: { noisy: true },
} as unknown as Pool;

const bytes = (...on: string[]) =>
  toBytes({
    version: 1,
    files: [{
      path: "src/a.ts",
      active: true,
      functions: Object.fromEntries(on.map((name) => [name, true])),
      parameters: {},
    }],
  } as never);

/** A listing in which genome P has shift and swap on, Q rest alone; each child is judged beside its parent. */
async function listing(): Promise<Listing> {
  const made = Listing.open(`${await Deno.makeTempDir()}/listing.db`, { create: true });
  made.putBlob("P", "genome", bytes("shift", "swap"));
  made.putBlob("Q", "genome", bytes("rest"));
  let ordinal = 0;
  const agent = (id: string, parent: string | null, genome: string) =>
    made.run(
      `INSERT INTO agents (ordinal, id, status, kind, stage, generation, born, parents, genome_hash, code_hash, energy)
        VALUES (?, ?, 'active', ?, 'adult', 0, 1, ?, ?, 'c', 1)`,
      ordinal++,
      id,
      parent ? "birth" : "init",
      JSON.stringify(parent ? [{ id: parent, genomeHash: genome }] : []),
      genome,
    );
  const evaluation = (
    cycle: number,
    id: string,
    kind: string,
    genome: string,
    after: string | null,
    score: number | null,
  ) =>
    made.run(
      `INSERT INTO evaluations (cycle, agent, kind, genome_hash, genome_after, code_hash, build_hash, inputs, conditions, outcome, score)
        VALUES (?, ?, ?, ?, ?, 'c', 'b', '{}', 'X', 'finished', ?)`,
      cycle,
      id,
      kind,
      genome,
      after,
      score,
    );
  agent("p", null, "P");
  agent("q", null, "Q");
  evaluation(2, "p", "judged", "P", null, 10);
  evaluation(2, "q", "judged", "Q", null, 5);
  for (const [id, after, score] of [["a", "A", 13], ["b", "B", 11], ["d", null, 90], ["e", "E", null]] as const) {
    agent(id, "p", "P");
    evaluation(1, id, "gestation", "P", after, null);
    if (score !== null) evaluation(2, id, "judged", after ?? "P", null, score);
  }
  agent("f", "q", "Q");
  evaluation(1, "f", "gestation", "Q", null, null);
  return made;
}

Deno.test("readOperators() counts gestations by the birth genes that were on, and compares changed children with their parents", async () => {
  using made = await listing();
  const [rest, ...others] = readOperators(made, new Expression(pool), 2).toSorted((a, b) => a.gene < b.gene ? -1 : 1);
  assertEquals(rest, { gene: "src/a.ts#rest", gestations: 1, alone: 1, changed: 0, compared: 0, gain: null });
  for (const { gain, gene: _, ...counts } of others) {
    assertEquals(counts, { gestations: 4, alone: 0, changed: 3, compared: 2 });
    assertEquals(gain!.mean, 2);
    assertAlmostEquals(gain!.low!, 2 - 12.706, 1e-2);
  }
  const { note, rows } = operatorSection({ operators: [rest!, ...others] });
  assertStringIncludes(note, "Nothing ever changed with src/a.ts#rest.");
  assertEquals(rows.length, 3);
});

Deno.test("readOperators() looks at the last cycles alone, and at what the parent was judged for in those worlds", async () => {
  using made = await listing();
  assertEquals(readOperators(made, new Expression(pool), 22).map(({ gestations }) => gestations), [0, 0, 0]);
  made.run("UPDATE evaluations SET conditions = 'Y' WHERE agent = 'p'");
  assertEquals(readOperators(made, new Expression(pool), 2).map(({ compared }) => compared), [0, 0, 0]);
});
