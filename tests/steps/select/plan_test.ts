import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { defaultConfig } from "../../../lib/run/config_defaults.ts";
import type { Member, PlanInput } from "../../../lib/steps/select/deaths.ts";
import { plan } from "../../../lib/steps/select/plan.ts";
import { loadStrategy, strategyNames } from "../../../lib/steps/select/strategies.ts";
import type { Ranked } from "../../../lib/steps/select/strategy.ts";

const options = defaultConfig.selection;

function ranked(ordinal: number, more: Partial<Ranked> = {}): Ranked {
  return {
    id: `agent-${ordinal}`,
    ordinal,
    generation: 0,
    genomeHash: `genome-${ordinal}`,
    codeHash: "code",
    buildHash: "build",
    score: ordinal,
    violation: 0,
    fitness: ordinal,
    energy: 10,
    hasRankedGenome: true,
    fertile: true,
    ...more,
  };
}

function member(id: string, more: Partial<Member> = {}): Member {
  return { id, energy: 10, active: true, disabledBefore: false, reason: null, charged: true, ...more };
}

function input(all: readonly Ranked[], more: Partial<PlanInput> & Pick<PlanInput, "strategy">): PlanInput {
  return {
    seed: "7",
    cycle: 3,
    size: all.length,
    options,
    energyRule: more.strategy.energyRule,
    members: all.map((one) => member(one.id, { energy: one.energy })),
    ranked: all,
    ...more,
  };
}

const tournament = await loadStrategy("tournament");
const none = await loadStrategy("none");
const energy = await loadStrategy("energy");
const ten = Array.from({ length: 10 }, (_, i) => ranked(i));

Deno.test("plan() lets the worst die by rank and fills up to the size", () => {
  const made = plan(input(ten, { strategy: tournament }));
  assertEquals(made.deaths.map((death) => death.id), ["agent-0", "agent-1", "agent-2"]);
  assert(made.deaths.every((death) => death.code === "died.rank"));
  assertEquals(made.births.length, 3);
  assertEquals(made.births.map((birth) => birth.number), [0, 1, 2]);
});

Deno.test("plan() says what they died by as the world means it, where fitness is the score", () => {
  const objective = { name: "gap", sense: "minimise" } as const;
  const minimised = ten.map((one) => ({ ...one, score: -one.ordinal, fitness: -one.ordinal }));
  const reasons = plan(input(minimised, { strategy: tournament, objective })).deaths.map(({ reason }) => reason);
  assertEquals(reasons[0], "It was among the 3 chosen to die of 10 ranked (gap 9).");
  const weighted = minimised.map((one) => ({ ...one, fitness: one.fitness - 1 }));
  const [first] = plan(input(weighted, { strategy: tournament, objective })).deaths;
  assertEquals(first!.reason, "It was among the 3 chosen to die of 10 ranked (fitness -10).");
});

Deno.test("plan() takes parents and mates from different results that live on", () => {
  for (const birth of plan(input(ten, { strategy: tournament })).births) {
    assertEquals(birth.parents.length, 2);
    assert(birth.parents[0] !== birth.parents[1]);
    assert(birth.parents.every((one) => one.ordinal > 2));
  }
});

Deno.test("plan() lets those disabled before this cycle die first, and counts them", () => {
  const members = [
    ...ten.map((one) => member(one.id)),
    member("old", { active: false, disabledBefore: true, reason: "It crashed." }),
  ];
  const made = plan(input(ten, { strategy: tournament, members, size: 11 }));
  assertEquals(made.deaths[0], {
    id: "old",
    code: "died.disabled",
    reason: "It was disabled before this cycle: It crashed.",
  });
  assertEquals(made.deaths.length, 3);
});

Deno.test("plan() lets none die by rank with fewer than two results", () => {
  assertEquals(plan(input([ten[0]!], { strategy: tournament })).deaths, []);
});

Deno.test("plan() neither ranks nor kills those without a result", () => {
  const members = [...ten.map((one) => member(one.id)), member("unjudged", { charged: false, energy: 0 })];
  const made = plan(input(ten, { strategy: tournament, members, size: 11 }));
  assert(made.deaths.every((death) => death.id !== "unjudged"));
});

Deno.test("plan() lets what has no energy die under the energy rule, and not under drift", () => {
  const poor = [...ten.slice(0, 9), ranked(9, { energy: 0 })];
  assertEquals(plan(input(poor, { strategy: tournament })).deaths[0]!.code, "died.energy");
  assertEquals(plan(input(poor, { strategy: energy })).deaths, [
    { id: "agent-9", code: "died.energy", reason: "Its energy ran out." },
  ]);
  assert(plan(input(poor, { strategy: none })).deaths.every((death) => death.code === "died.rank"));
});

Deno.test("plan() has an elite born again as a copy where its holder has moved on or starves", () => {
  const moved = [...ten.slice(0, 9), ranked(9, { hasRankedGenome: false })];
  const first = plan(input(moved, { strategy: tournament })).births[0]!;
  assertEquals([first.kind, first.parents.map((one) => one.id)], ["copy", ["agent-9"]]);
  const starved = [...ten.slice(0, 9), ranked(9, { energy: 0 })];
  assertEquals(plan(input(starved, { strategy: tournament })).births[0]!.kind, "copy");
});

Deno.test("plan() makes no parent of a sterile genome unless configured", () => {
  const sterile = ten.map((one) => ({ ...one, fertile: one.ordinal === 5 }));
  const made = plan(input(sterile, { strategy: tournament }));
  assert(made.births.every((birth) => birth.parents.length === 1 && birth.parents[0].ordinal === 5));
  const open = plan(input(sterile, { strategy: tournament, options: { ...options, sterileParents: true } }));
  assert(open.births.some((birth) => birth.parents[0].ordinal !== 5));
});

Deno.test("plan() lets none die by rank where none can be a parent", () => {
  const sterile = ten.map((one) => ({ ...one, fertile: false }));
  const { deaths, births } = plan(input(sterile, { strategy: none }));
  assertEquals([deaths, births], [[], []]);
});

Deno.test("plan() hands on the genomes of the only parents even if they die", () => {
  const last = ten.map((one) => ({ ...one, fertile: one.ordinal === 0 }));
  const made = plan(input(last, { strategy: tournament }));
  assertEquals(made.deaths[0]!.id, "agent-0");
  assertEquals(made.births.map((birth) => birth.parents.map((one) => one.id)), [["agent-0"], ["agent-0"], ["agent-0"]]);
});

Deno.test("plan() lets each option change something", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => ranked(i));
  const usual = plan(input(hundred, { strategy: tournament }));
  const changed = (more: Partial<typeof options>) =>
    plan(input(hundred, { strategy: tournament, options: { ...options, ...more } }));
  assertEquals(changed({ replacementFraction: 0.5 }).deaths.length, 50);
  assertEquals(changed({ mates: 3 }).births[0]!.parents.length, 4);
  assertEquals(changed({ replacementFraction: 1, elites: 0.2 }).deaths.length, 80);
  const mean = (made: typeof usual) => made.births.reduce((sum, one) => sum + one.parents[0].fitness, 0);
  assert(mean(changed({ tournamentSize: 1 })) < mean(usual));
});

Deno.test("plan() does not depend on the order of results, and drift not on fitness", () => {
  fc.assert(fc.property(fc.shuffledSubarray(ten, { minLength: 10 }), (shuffled) => {
    assertEquals(
      plan(input(shuffled, { strategy: tournament, members: input(ten, { strategy: none }).members })),
      plan(input(ten, { strategy: tournament })),
    );
  }));
  const counts = new Array<number>(10).fill(0);
  for (let cycle = 0; cycle < 400; cycle++) {
    for (const death of plan(input(ten, { strategy: none, cycle })).deaths) counts[Number(death.id.slice(6))]!++;
  }
  assert(counts.every((count) => count > 80 && count < 160), String(counts));
});

Deno.test("plan() tells how each that was ranked came off, best first", () => {
  const { rankEntries, births } = plan(input(ten, { strategy: tournament }));
  assertEquals(rankEntries.map(({ one, place }) => [one.ordinal, place]), ten.map((_, i) => [9 - i, i + 1]));
  assertEquals(rankEntries.filter(({ elite }) => elite).map(({ one }) => one.ordinal), [9]);
  // Who dies by rank is drawn for no tournament; each parent has won one.
  assertEquals(rankEntries.slice(7).map(({ tournaments }) => tournaments), Array(3).fill({ drawn: 0, won: 0 }));
  for (const { one, tournaments } of rankEntries) {
    const parent = births.filter(({ parents }) => parents.includes(one)).length;
    assert(tournaments!.won >= parent && tournaments!.won <= tournaments!.drawn);
  }
  const held = rankEntries.reduce((sum, { tournaments }) => sum + tournaments!.won, 0);
  assert(held >= births.length * 2);
  assert(plan(input(ten, { strategy: none })).rankEntries.every(({ tournaments }) => tournaments === undefined));
});

Deno.test("plan() holds the size whatever the population is like", async () => {
  const strategies = await Promise.all(strategyNames.map(loadStrategy));
  const one = fc.record({
    fitness: fc.double({ noNaN: true, noDefaultInfinity: true }),
    energy: fc.double({ min: 0, max: 5, noNaN: true }),
    hasRankedGenome: fc.boolean(),
    fertile: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 40 }), fc.constantFrom(...strategies), (all, strategy) => {
      const results = all.map((more, ordinal) => ranked(ordinal, more));
      const made = plan(input(results, { strategy }));
      const dead = new Set(made.deaths.map((death) => death.id));
      assertEquals(dead.size, made.deaths.length);
      const after = results.length - dead.size + made.births.length;
      const fertile = results.filter((result) => result.fertile);
      assert(fertile.length > 0 ? after === results.length : made.deaths.every((death) => death.code !== "died.rank"));
      const born = made.births.filter((birth) => birth.kind === "birth");
      assert(
        fertile.every(({ id }) => dead.has(id)) ||
          born.every((birth) => birth.parents.every((parent) => !dead.has(parent.id))),
      );
    }),
  );
});
