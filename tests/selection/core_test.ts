import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { plan, type PlanInput } from "../../lib/selection/core.ts";
import { loadStrategy } from "../../lib/selection/strategies.ts";
import type { Candidate, Selected, Strategy } from "../../lib/selection/strategy.ts";
import { strategyNames } from "../../lib/run/strategy_names.ts";
import { StepFailed } from "../../lib/util/issue.ts";
import { candidate, planInput } from "./made_candidates.ts";

const usual = await loadStrategy("truncation-tournament");
const drift = await loadStrategy("none");
const strategies = await Promise.all(strategyNames.map(async (name) => [name, await loadStrategy(name)] as const));
const ten = Array.from({ length: 10 }, (_, i) => candidate(i));

function own(select: () => Partial<Selected>): Strategy {
  return { brief: "", uses: [], select: () => ({ deaths: [], births: [], archive: [], ...select() }) };
}

Deno.test("plan() lets the worst die by rank and fills up to the size", () => {
  const made = plan(planInput(ten), usual);
  assertEquals(made.deaths.map(({ id, code }) => [id, code]).sort(), [
    ["agent-0", "died.rank"],
    ["agent-1", "died.rank"],
    ["agent-2", "died.rank"],
  ]);
  assertEquals(made.births.map(({ number, kind }) => [number, kind]), [[0, "birth"], [1, "birth"], [2, "birth"]]);
});

Deno.test("plan() lets agents die by rank that have left the genome that was ranked, as all others", () => {
  const changed = ten.map((one) => ({ ...one, hasRankedGenome: false }));
  for (const [name, strategy] of strategies.filter(([, { energy }]) => energy !== "always")) {
    assert(plan(planInput(changed), strategy).deaths.length > 0, name);
  }
});

Deno.test("plan() breaks ties by lot: neither the elder nor the younger die alone", () => {
  const equal = ten.map((one) => ({ ...one, score: 1, fitness: 1 }));
  const died = new Set<string>();
  for (let cycle = 1; cycle <= 40; cycle++) {
    for (const { id } of plan(planInput(equal, { cycle }), usual).deaths) died.add(id);
  }
  assertEquals(died.size, 10);
});

Deno.test("plan() says what they died by as the world means it, where fitness is the score", () => {
  const objectives = [{ name: "gap", sense: "minimise" }] as const;
  const minimised = ten.map((one) => ({ ...one, score: -one.ordinal, fitness: -one.ordinal }));
  const reasonOf = (all: readonly Candidate[]) =>
    plan(planInput(all, { objectives }), usual).deaths.find(({ id }) => id === "agent-9")!.reason;
  assertEquals(reasonOf(minimised), "It was among the 3 that ranked last of 10. Its gap was 9.");
  const weighted = minimised.map((one) => ({ ...one, fitness: one.fitness - 1 }));
  assertEquals(reasonOf(weighted), "It was among the 3 that ranked last of 10. Its fitness was -10.");
});

Deno.test("plan() takes parents and mates from different results that stay", () => {
  for (const { parents, generation } of plan(planInput(ten), usual).births) {
    assertEquals([parents.length, generation], [2, 1]);
    assert(parents[0] !== parents[1]);
    assert(parents.every((one) => one.ordinal > 2));
  }
});

Deno.test("plan() lets those that die anyway die first, and counts them", () => {
  const doomed = [{ candidate: candidate(10), code: "died.disabled", reason: "It was disabled: it crashed." } as const];
  const made = plan(planInput(ten, { doomed, size: 11 }), usual);
  assertEquals(made.deaths[0], { id: "agent-10", code: "died.disabled", reason: "It was disabled: it crashed." });
  assertEquals([made.deaths.length, made.births.length], [3, 3]);
});

Deno.test("plan() lets none die by rank with fewer than two results", () => {
  assertEquals(plan(planInput([ten[0]!]), usual).deaths, []);
});

Deno.test("plan() ranks what has no result below all that have one, and its own fault lowest", () => {
  const without = (ordinal: number, more: Partial<Candidate> = {}) => {
    const { fitness: _, score: __, ...rest } = candidate(ordinal, more);
    return { ...rest, trials: [] };
  };
  const living = [...ten, without(10, { failure: "template" }), without(11), without(12, { failure: "agent" })];
  const made = plan(planInput(living, { size: 30 }), usual);
  const dead = made.deaths.map(({ id }) => id);
  assertEquals(dead[0], "agent-12");
  assert(["agent-10", "agent-11", "agent-12"].every((id) => dead.includes(id)), dead.join());
  assertEquals(made.rankEntries.length, 10);
});

Deno.test("plan() has an elite born again as a copy where its agent has another genome or starves", () => {
  const moved = [...ten.slice(0, 9), candidate(9, { hasRankedGenome: false })];
  const [first] = plan(planInput(moved), usual).births;
  assertEquals([first!.kind, first!.parents.map((one) => one.id)], ["copy", ["agent-9"]]);
  const doomed = [{ candidate: ten[9]!, code: "died.energy", reason: "Its energy ran out." } as const];
  assertEquals(plan(planInput(ten.slice(0, 9), { doomed, size: 10 }), usual).births[0]!.kind, "copy");
});

Deno.test("plan() makes no parent of a sterile genome, and lets none die by rank where all are", () => {
  const sterile = ten.map((one) => ({ ...one, fertile: one.ordinal === 5 }));
  assert(plan(planInput(sterile), usual).births.every(({ parents }) => parents[0]!.id === "agent-5"));
  const none = plan(planInput(ten.map((one) => ({ ...one, fertile: false }))), usual);
  assertEquals([none.deaths, none.births], [[], []]);
});

Deno.test("plan() leaves places alone that others take, and gives no birth where there are none", () => {
  const made = plan(planInput(ten, { others: 4, size: 12 }), drift);
  assertEquals(made.births.length, Math.max(0, 12 - 4 - (10 - made.deaths.length)));
  assertEquals(plan(planInput(ten, { size: 2 }), drift).births, []);
});

Deno.test("plan() refuses what is no choice from what a strategy was given", () => {
  const reason = "";
  const birth = (parents: readonly string[], kind: "birth" | "copy" | "random" = "birth") => ({
    kind,
    parents,
    island: 0,
    age: 0,
  });
  const sterile = [...ten.slice(1), candidate(0, { fertile: false })];
  const refused: readonly [Partial<Selected>, string][] = [
    [{ deaths: [{ id: "other", reason }] }, "deaths of the living"],
    [{ deaths: [{ id: "agent-1", reason }, { id: "agent-1", reason }] }, "each once"],
    [{ deaths: [{ id: "agent-1" } as never] }, "a reason"],
    [{ deaths: 3 as never }, "deaths as a list"],
    [{ births: [birth(["agent-1"])] }, "at most 0 births where 0 die: it gave 1"],
    [{ births: [birth(["other"])] }, "parents of those that it is given"],
    [{ births: [birth([])] }, "1 to 9 parents"],
    [{ births: [birth(["agent-0"])] }, "a first parent that is fertile"],
    [{ births: [birth(["agent-1", "agent-2"], "copy")] }, "a copy with one parent"],
    [{ births: [birth(["agent-1"], "random")] }, "without parents"],
    [{ births: [{ ...birth([], "random"), age: -1 }] }, "an age from 0"],
    [{ births: [{ ...birth([]), kind: "other" as never }] }, "kind birth, copy or random"],
    [{ archive: [{ ...candidate(99) }] }, "an archive of those that it is given"],
    [{ archive: undefined as never }, "an archive as a list"],
  ];
  for (const [answer, demand] of refused) {
    const error = assertThrows(() => plan(planInput(sterile), own(() => answer)), StepFailed, demand);
    assertEquals(error.issue.code, "plugin.answer", demand);
  }
  assertThrows(() => plan(planInput(sterile), { ...usual, select: () => undefined as never }), StepFailed);
});

Deno.test("plan() keeps in the archive what it was given, under the agent and its genome", () => {
  const first = plan(planInput(ten), own(() => ({ archive: [ten[3]!, ten[3]!] })));
  assertEquals(first.archive.map(({ id }) => id), ["agent-3@genome-3"]);
  const births = [{ kind: "birth", parents: ["agent-3@genome-3"], island: 0, age: 4 } as const];
  const next = plan(
    planInput([], { archive: first.archive, size: 1 }),
    own(() => ({ births, archive: first.archive })),
  );
  assertEquals([next.births[0]!.parents[0]!.genome, next.archive[0]!.id], ["genome-3", "agent-3@genome-3"]);
});

Deno.test("plan() is the same for the same input, keeps the size and changes nothing of it, under every strategy", () => {
  const someone = fc.record({
    fitness: fc.oneof(fc.constant(undefined), fc.integer({ min: -3, max: 3 })),
    hasRankedGenome: fc.boolean(),
    fertile: fc.boolean(),
    born: fc.integer({ min: 0, max: 2 }),
    energy: fc.nat(5),
    violation: fc.nat(1),
  });
  fc.assert(
    fc.property(
      fc.array(someone, { maxLength: 12 }),
      fc.integer({ min: 2, max: 14 }),
      fc.nat(3),
      (given, size, others) => {
        const all = given.map(({ fitness, ...rest }, i): Candidate => {
          const { fitness: _, score: __, ...plain } = candidate(i);
          return { ...plain, ...rest, ...(fitness === undefined ? { trials: [] } : { fitness, score: fitness }) };
        });
        const input: PlanInput = planInput(all, { size, others });
        const before = JSON.stringify(input);
        for (const [name, strategy] of strategies) {
          const made = plan(input, strategy);
          assertEquals(plan(input, strategy), made, name);
          const left = all.length - made.deaths.length;
          assert(left + made.births.length <= Math.max(left, size - others), name);
          assertEquals(JSON.stringify(input), before, name);
        }
      },
    ),
    { numRuns: 60 },
  );
});
