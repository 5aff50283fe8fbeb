import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import energy from "../../lib/selection/strategies/energy.ts";
import muCommaLambda from "../../lib/selection/strategies/mu-comma-lambda.ts";
import muPlusLambda from "../../lib/selection/strategies/mu-plus-lambda.ts";
import onePlusOne from "../../lib/selection/strategies/one-plus-one.ts";
import tournament from "../../lib/selection/strategies/tournament.ts";
import truncation from "../../lib/selection/strategies/truncation.ts";
import { ranked } from "../../lib/selection/order.ts";
import type { Candidate, Given, Selected } from "../../lib/selection/strategy.ts";
import { anyGiven, candidate, firstParents, given, population } from "./made.ts";

const options = (more: Partial<Given["options"]>) => ({ options: { mates: 0, ...more } as Given["options"] });
const number = (id: string | undefined) => Number(id!.slice("agent-".length));
const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

/** Ids of the agents that stay. */
function staying({ living }: Given, { deaths }: Selected): string[] {
  const dead = new Set(deaths.map(({ id }) => id));
  return living.map(({ id }) => id).filter((id) => !dead.has(id));
}

/** How often each is the first parent in so many selections of the same. */
function parentage(
  select: (made: Given) => Selected,
  living: readonly Candidate[],
  times: number,
  more: Partial<Given>,
) {
  const counts = new Map<string, number>(living.map(({ id }) => [id, 0]));
  for (let seed = 0; seed < times; seed++) {
    for (const id of firstParents(select(given(living, { ...more, seed: `${seed}` })))) {
      counts.set(id!, counts.get(id!)! + 1);
    }
  }
  return counts;
}

Deno.test("tournament: the mean rank of parents is the textbook's, 79.5 of 99 for four among 100", () => {
  const made = Array.from(
    { length: 40 },
    (_, seed) => tournament.select(given(population(100), { seed: `${seed}`, ...options({ elites: 0 }) })),
  );
  const ranks = made.flatMap(firstParents).map(number);
  assertEquals(ranks.length, 4000);
  // The largest of four that are uniform over 0 to 99: the sum of 1 − (k / 100)⁴ for k from 1 to 99.
  const expected = Array.from({ length: 99 }, (_, k) => 1 - ((k + 1) / 100) ** 4).reduce((sum, one) => sum + one);
  const standardError = Math.sqrt(mean(ranks.map((one) => (one - expected) ** 2)) / ranks.length);
  assert(Math.abs(mean(ranks) - expected) < 3 * standardError, `${mean(ranks)} ± ${standardError}`);
});

Deno.test("tournament: the best takes over in the generations that theory gives", () => {
  // Without changes a genome that is better than all others is in the share 1 − (1 − p)² of children by tournaments of two.
  const takeover = (seed: string) => {
    let best = 1;
    for (let cycle = 0; cycle < 30; cycle++) {
      if (best === 100) return cycle;
      const living = population(100, (i) => ({ fitness: i < best ? 1 : 0 }));
      const parents = firstParents(tournament.select(given(living, {
        seed: `${seed} ${cycle}`,
        ...options({ elites: 0.01, tournamentSize: 2 }),
      })));
      best = 1 + parents.filter((id) => number(id) < best).length;
    }
    return Infinity;
  };
  const times = Array.from({ length: 30 }, (_, seed) => takeover(`${seed}`));
  // Goldberg and Deb: (ln N + ln(ln N)) / ln s = 8.85 for 100 and two.
  assert(Math.abs(mean(times) - 8.85) < 2, `${mean(times)}`);
});

Deno.test("tournament and truncation: all but the elites are replaced, an elite that was left is born again", () => {
  for (const strategy of [tournament, truncation]) {
    const living = population(20, (i) => ({ hasRankedGenome: i !== 19 }));
    const made = given(living, options({ elites: 0.1 }));
    const selected = strategy.select(made);
    assertEquals(staying(made, selected), ["agent-18"]);
    assertEquals(selected.births.length, 19);
    assertEquals(selected.births[0], { kind: "copy", parents: ["agent-19"], island: 0, age: 3 });
    const all = strategy.select(given(living, options({ elites: 0 })));
    assertEquals([all.deaths.length, all.births.length], [20, 20]);
  }
});

Deno.test("truncation: the mu best are parents, each as often", () => {
  const counts = parentage(truncation.select, population(40), 50, options({ mu: 5, elites: 0 }));
  const best = [...counts.values()].slice(-5);
  assertEquals(best.reduce((sum, one) => sum + one), 2000);
  // 400 each, with a standard deviation of 17.9.
  assert(best.every((one) => Math.abs(one - 400) < 72), `${best}`);
});

Deno.test("mu-plus-lambda: those that stay and those that are parents are as a plain implementation has them", () => {
  fc.assert(fc.property(anyGiven, (made) => {
    const best = ranked([...made.doomed, ...made.living], made.random).filter(({ fertile }) => fertile);
    const mu = Math.max(1, Math.min(made.options.mu ?? Math.max(1, Math.round(made.size / 8)), made.size - 1));
    const kept = best.slice(0, mu);
    const selected = muPlusLambda.select(made);
    if (best.length === 0) return assertEquals(selected, { deaths: [], births: [], archive: [] });
    assertEquals(
      staying(made, selected),
      made.living.filter((one) => kept.includes(one as never) && one.hasRankedGenome).map(({ id }) => id),
    );
    const copies = kept.filter((one) => made.doomed.includes(one) || !one.hasRankedGenome).map(({ id }) => id);
    const born = selected.births.map(({ kind, parents }) => [kind, parents[0]]);
    const room = Math.max(0, made.size - (kept.length - copies.length));
    assertEquals(born.slice(0, copies.length), copies.slice(0, room).map((id) => ["copy", id]));
    assertEquals(born.length, room);
    assert(born.slice(copies.length).every(([kind, id]) => kind === "birth" && kept.some((one) => one.id === id)));
  }));
});

Deno.test("mu-plus-lambda: the parents of children are drawn from the mu best, each as often", () => {
  const counts = parentage(muPlusLambda.select, population(44), 50, options({ mu: 4 }));
  assertEquals([...counts.values()].slice(0, 40).filter((one) => one > 0), []);
  // 500 each, with a standard deviation of 19.4.
  assert([...counts.values()].slice(40).every((one) => Math.abs(one - 500) < 78), `${[...counts.values()].slice(40)}`);
});

Deno.test("mu-comma-lambda: parents die however good they are, and the mu best children stay", () => {
  const living = population(20, (i) => ({ fitness: -i, born: i < 5 ? 1 : 2 }));
  const made = given(living, options({ mu: 5 }));
  const selected = muCommaLambda.select(made);
  assertEquals(staying(made, selected), ["agent-5", "agent-6", "agent-7", "agent-8", "agent-9"]);
  assertEquals(selected.births.length, 15);
  assertEquals(new Set(firstParents(selected)).size, 5);
});

Deno.test("mu-comma-lambda: where no child can be a parent, their parents have others", () => {
  const living = population(10, (i) => i < 3 ? { born: 1 } : { born: 2, fitness: undefined, failure: "agent" });
  const made = given(living, options({ mu: 2 }));
  const selected = muCommaLambda.select(made);
  assertEquals(staying(made, selected), ["agent-1", "agent-2"]);
  assertEquals(selected.births.length, 8);
});

Deno.test("mu-comma-lambda: there are never fewer children than parents", () => {
  const made = given(population(10), { size: 7, ...options({ mu: 5 }) });
  const selected = muCommaLambda.select(made);
  assertEquals([staying(made, selected).length, selected.births.length], [3, 4]);
});

Deno.test("one-plus-one: the child takes its parent's place if it is at least as good", () => {
  const after = (parent: Partial<Candidate>, child: Partial<Candidate>) => {
    const made = given([candidate(7, parent), candidate(8, child)]);
    const selected = onePlusOne.select(made);
    assertEquals(selected.births.length, 1);
    assertEquals(firstParents(selected), staying(made, selected));
    return staying(made, selected)[0];
  };
  assertEquals(after({ fitness: 3 }, { fitness: 4 }), "agent-8");
  assertEquals(after({ fitness: 3 }, { fitness: 3 }), "agent-8");
  assertEquals(after({ fitness: 3 }, { fitness: 2 }), "agent-7");
  assertEquals(after({ fitness: 3 }, { fitness: 9, violation: 1 }), "agent-7");
  assertEquals(after({ fitness: 3 }, { fitness: undefined, failure: "agent" }), "agent-7");
  assertEquals(after({ fitness: 3 }, { fitness: 4, fertile: false }), "agent-7");
});

Deno.test("one-plus-one: begins with one agent, and solves OneMax in the time that theory gives", () => {
  const first = onePlusOne.select(given([candidate(0)], { size: 2 }));
  assertEquals([first.deaths.length, firstParents(first)], [0, ["agent-0"]]);
  const evaluations = Array.from({ length: 60 }, (_, seed) => oneMax(30, `${seed}`));
  const standardError = Math.sqrt(mean(evaluations.map((one) => (one - mean(evaluations)) ** 2)) / evaluations.length);
  // Exactly 226.1, by the Markov chain.
  assert(Math.abs(mean(evaluations) - 226.1) < 4 * standardError, `${mean(evaluations)} ± ${standardError}`);
});

/** Children until all bits are one, by the strategy alone: each bit is flipped with the probability 1/n. */
function oneMax(bits: number, seed: string): number {
  const random = given([], { seed }).random("bits");
  const genomes = new Map([["agent-0", Array.from({ length: bits }, () => random() < 0.5)]]);
  const worth = (id: string) => genomes.get(id)!.filter(Boolean).length;
  let living = [candidate(0, { fitness: worth("agent-0") })];
  for (let children = 0;; children++) {
    if (living.some(({ fitness }) => fitness === bits)) return children;
    const made = given(living, { seed: `${seed} ${children}`, size: 2 });
    const selected = onePlusOne.select(made);
    const kept = new Set(staying(made, selected));
    const child = candidate(children + 1);
    genomes.set(child.id, genomes.get(selected.births[0]!.parents[0]!)!.map((bit) => bit !== random() < 1 / bits));
    living = [...living.filter(({ id }) => kept.has(id)), { ...child, fitness: worth(child.id) }];
  }
}

Deno.test("energy: none dies by rank, and parents are drawn in proportion to energy", () => {
  const living = population(4, (i) => ({ fitness: -i, energy: i * 10 }));
  const counts = parentage(energy.select, living, 40, { size: 34, ...options({}) });
  // 0, 1, 2 and 3 sixths of 1,200, with standard deviations of 13 to 17.
  [0, 200, 400, 600].forEach((expected, i) =>
    assert(Math.abs(counts.get(`agent-${i}`)! - expected) <= 4.2 * Math.sqrt(expected), `${[...counts]}`)
  );
  assertEquals(energy.select(given(living)), { deaths: [], births: [], archive: [] });
  const poor = parentage(energy.select, population(2, () => ({ energy: 0 })), 20, { size: 12, ...options({}) });
  assert([...poor.values()].every((one) => one > 60), `${[...poor]}`);
});
