/**
 * Races as tables: those within cycles, how the entrants of the last final race came off, and what its winner is worth beside
 * controls.
 *
 * @module
 */

import { scoreName } from "../../records/objective.ts";
import type { Expected, RaceControl } from "../../records/race.ts";
import { expectedText } from "../../tables/race_text.ts";
import { mean } from "../../statistics/moments.ts";
import { type Section, section } from "../../tables/section.ts";
import { spread } from "../../tables/spread.ts";
import type { Report } from "./types.ts";

/** How many races within cycles are shown. */
const cyclesShown = 20;

/** What the races within cycles kept. */
export function cycleRaces({ cycleRaces: races = [], objective }: Report): Section {
  const shown = spread(races, cyclesShown);
  const part = shown.length < races.length
    ? ` Of ${races.length} such cycles, ${shown.length} evenly spread are shown.`
    : "";
  const note =
    "The best of a cycle were evaluated again in worlds of the race alone, and these ranked first. Means are " +
    `those of the race: that of the cycle itself chose them, and is too good.${part}`;
  const name = scoreName(objective);
  return section("cycle-races", "Races within cycles", races.length > 0 ? note : "", shown, [
    ["cycle", "count", ({ cycle }) => cycle],
    ["raced", "count", ({ evaluated }) => evaluated],
    ["failed", "count", ({ failed }) => failed],
    ["kept", "count", ({ kept }) => kept.length],
    ["first", "id", ({ kept: [first] }) => first?.id ?? null],
    [`mean ${name} of the first`, "number", ({ kept: [first] }) => first?.score ?? null],
    [
      `mean ${name} of those kept`,
      "number",
      ({ kept }) => kept.length > 0 ? mean(kept.map(({ score }) => score)) : null,
    ],
  ]);
}

/** How the genomes of the last final race came off. */
export function finalRace({ race }: Report): Section {
  const note = race
    ? `After cycle ${race.cycle}, on worlds that no cycle uses; the worst is rejected phase by phase. Expected of the winner: ${
      expectedText(race)
    }.`
    : "";
  return section("race", "Final race", note, race?.ranking ?? [], [
    ["place", "count", ({ place }) => place],
    ["agent", "id", ({ agent }) => agent],
    ["by", "words", ({ source }) => source],
    [`mean ${scoreName(race?.objective)}`, "number", ({ score }) => score],
    ["episodes", "count", ({ episodes }) => episodes],
    ["genome", "id", ({ genomeHash }) => genomeHash],
  ]);
}

/** A line of the controls. */
interface Line {
  readonly what: string;
  readonly expected: Expected | null;
  readonly gain: RaceControl["gain"];
  readonly genomeHash: string | null;
}

/** The winner beside what there is without evolution. */
export function raceControls({ race }: Report): Section {
  const { winner, control, randomControl: random, objective } = race ?? {};
  const lines: Line[] = [
    ...(winner ? [{ what: "winner", expected: race!.expected, gain: null, genomeHash: winner.genomeHash }] : []),
    ...(control ? [{ what: "initial best", ...control }] : []),
    ...(random ? [{ what: "random search", ...random }] : []),
  ];
  const asked = random
    ? ` Random search judged ${random.genomes} genomes; in all it had ${random.episodes} episodes of the ${random.budget} that the run has had.`
    : "";
  const unseen = random?.isUnseen === false
    ? " No world is unseen: random search and winner met those of training."
    : "";
  const note =
    "What the winner is worth in the very worlds in which these were judged: the best of the initial population by a " +
    `race of its own, and random search at the run's budget where --controls asks for it.${asked}${unseen}`;
  return section("controls", "The winner beside controls", note, lines.length > 1 ? lines : [], [
    ["what", "words", ({ what }) => what],
    [scoreName(objective), "number", ({ expected }) => expected?.mean ?? null],
    ["from", "number", ({ expected }) => expected?.low ?? null],
    ["to", "number", ({ expected }) => expected?.high ?? null],
    ["winner better by", "number", ({ gain }) => gain?.mean ?? null],
    ["from", "number", ({ gain }) => gain?.low ?? null],
    ["to", "number", ({ gain }) => gain?.high ?? null],
    ["genome", "id", ({ genomeHash }) => genomeHash],
  ]);
}
