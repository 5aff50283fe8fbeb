import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { ranked } from "../../lib/selection/order.ts";
import type { Given } from "../../lib/selection/strategy.ts";
import strategy from "../../lib/selection/strategies/truncation-tournament.ts";
import none from "../../lib/selection/strategies/none.ts";
import { anyGiven, given, population } from "./made.ts";

const dead = (made: Given) => strategy.select(made).deaths.map(({ id }) => id);
const options = (more: Partial<Given["options"]>) => ({ options: more as Given["options"] });

Deno.test("truncation-tournament: deaths are as a plain implementation has them", () => {
  fc.assert(fc.property(anyGiven, (made) => {
    const { living, doomed, size, random } = made;
    const order = ranked([...doomed, ...living], random);
    const elites = order.slice(0, Math.ceil(Number((made.options.elites * size).toFixed(6))));
    const wanted = Math.max(0, Math.round(made.options.replacementFraction * size) - doomed.length);
    const unranked = living.filter(({ fitness }) => fitness === undefined);
    const mortal = order.filter((one) => living.includes(one) && !elites.includes(one)).reverse();
    const deaths = dead(made);
    if (order.length < 2 || !order.some(({ fertile }) => fertile)) return assertEquals(deaths, []);
    assertEquals(deaths.length, Math.min(wanted, unranked.length + mortal.length));
    assertEquals(
      deaths.slice(unranked.length),
      mortal.slice(0, wanted).map(({ id }) => id).slice(0, deaths.length - Math.min(unranked.length, deaths.length)),
    );
    const own = unranked.filter(({ failure }) => failure === "agent").map(({ id }) => id);
    assertEquals(
      deaths.slice(0, own.length).sort(),
      own.slice(0, deaths.length).length === own.length ? own.sort() : deaths.sort(),
    );
  }));
});

Deno.test("truncation-tournament: an agent that has left its ranked genome dies by rank as all others", () => {
  const toggling = population(40, () => ({ hasRankedGenome: false }));
  assertEquals(dead(given(toggling)), toggling.slice(0, 12).map(({ id }) => id));
});

Deno.test("truncation-tournament: equals die by lot, and not the youngest", () => {
  const deaths = Array.from(
    { length: 60 },
    (_, seed) => dead(given(population(20, () => ({ fitness: 1 })), { seed: `${seed}` })),
  );
  const ordinals = deaths.flat().map((id) => Number(id.slice("agent-".length)));
  const mean = ordinals.reduce((sum, one) => sum + one, 0) / ordinals.length;
  assertEquals(ordinals.length, 60 * 6);
  // Uniform over 0 to 19: a standard error of 0.3.
  assert(Math.abs(mean - 9.5) < 1.2, `${mean}`);
});

Deno.test("truncation-tournament: what has no result dies first, what failed by its own fault before the rest", () => {
  const living = population(10, (i) => i > 6 ? { fitness: undefined, failure: i === 8 ? "agent" : "machine" } : {});
  assertEquals(dead(given(living, options({ replacementFraction: 0.1 }))), ["agent-8"]);
  assertEquals(dead(given(living, options({ replacementFraction: 0.4 }))).sort(), [
    "agent-0",
    "agent-7",
    "agent-8",
    "agent-9",
  ]);
});

Deno.test("truncation-tournament: none dies where fewer than two are ranked, or no genome can be a parent", () => {
  const failed = population(10, (i) => i > 0 ? { fitness: undefined, failure: "machine" } : {});
  assertEquals(dead(given(failed)), []);
  assertEquals(none.select(given(failed)).deaths, []);
  assertEquals(dead(given(population(10, () => ({ fertile: false })))), []);
});

Deno.test("truncation-tournament: those that die anyway count, and their places are filled", () => {
  const all = population(12);
  const made = given(all.slice(2), { doomed: all.slice(0, 2), size: 12 });
  const { deaths, births } = strategy.select(made);
  assertEquals(deaths.map(({ id }) => id), ["agent-2", "agent-3"]);
  assertEquals(births.length, 4);
});

Deno.test("truncation-tournament: all the living can die, and their genomes are handed on nevertheless", () => {
  const { deaths, births } = strategy.select(given(population(8), options({ replacementFraction: 1, elites: 0 })));
  assertEquals([deaths.length, births.length], [8, 8]);
  assert(births.every(({ kind }) => kind === "birth"));
});

Deno.test("truncation-tournament: an elite is its genome: spared, and born again where its agent has left it", () => {
  const living = population(20, (i) => ({ hasRankedGenome: i !== 19 }));
  const { deaths, births, ranking } = strategy.select(given(living, options({ replacementFraction: 1, elites: 0.1 })));
  assertEquals(deaths.length, 18);
  assertEquals(births[0], { kind: "copy", parents: ["agent-19"], island: 0, age: 3 });
  assertEquals(births.filter(({ kind }) => kind === "copy").length, 1);
  assertEquals(ranking!.slice(0, 3).map(({ id, elite }) => [id, elite]), [
    ["agent-19", true],
    ["agent-18", true],
    ["agent-17", false],
  ]);
});

Deno.test("truncation-tournament: 7 % of 100 are 7 elites, whatever the product's last bit is", () => {
  const { deaths } = strategy.select(given(population(100), options({ replacementFraction: 1, elites: 0.07 })));
  assertEquals(deaths.length, 93);
});

Deno.test("truncation-tournament: parents are among those that stay, and tournaments are counted", () => {
  const { births, ranking } = strategy.select(given(population(100)));
  const ordinals = births.flatMap(({ parents }) => parents).map((id) => Number(id.slice("agent-".length)));
  assert(ordinals.every((one) => one >= 30));
  const sum = (what: "drawn" | "won") => ranking!.reduce((sum, entry) => sum + entry[what]!, 0);
  assert(sum("won") >= 60 && sum("drawn") > 3 * sum("won"), `${sum("won")} ${sum("drawn")}`);
  assertEquals(ranking!.at(-1), { id: "agent-0", elite: false, drawn: 0, won: 0 });
});

Deno.test("none: deaths and parents have nothing to do with fitness", () => {
  const made = Array.from({ length: 40 }, (_, seed) => none.select(given(population(50), { seed: `${seed}` })));
  const mean = (ids: readonly string[]) =>
    ids.reduce((sum, id) => sum + Number(id.slice("agent-".length)), 0) / ids.length;
  const deaths = made.flatMap(({ deaths }) => deaths.map(({ id }) => id));
  const parents = made.flatMap(({ births }) => births.map(({ parents }) => parents[0]!));
  assertEquals([deaths.length, parents.length], [600, 600]);
  // Uniform over 0 to 49: a standard error of 0.6.
  assert(Math.abs(mean(deaths) - 24.5) < 2.4, `${mean(deaths)}`);
  assert(Math.abs(mean(parents) - 24.5) < 2.4, `${mean(parents)}`);
});

Deno.test("none: mortality is that of the default scheme", () => {
  fc.assert(fc.property(anyGiven, (made) => {
    const unspared = { ...made, options: { ...made.options, elites: 0 } };
    assertEquals(none.select(made).deaths.length, strategy.select(unspared).deaths.length);
  }));
});
