/**
 * An ablation as text for a terminal.
 *
 * @module
 */

import type { AblationReport, GeneEffect, LeftOut, SmallestGenome } from "../../records/ablation.ts";
import { scoreName } from "../../records/objective.ts";
import { text } from "../../step/sections_text.ts";
import { expectedText, intervalText } from "../../tables/race_text.ts";
import { type Section, section } from "../../tables/section.ts";
import { show } from "../../tables/show.ts";
import { leastPairs } from "../../statistics/paired.ts";

/** All that is told. */
export interface Told {
  readonly effects: readonly GeneEffect[];
  readonly steps: readonly LeftOut[];
  readonly report: AblationReport;
  readonly out?: string;
}

/** What was told as text, 80 columns wide unless a name is longer by itself. */
export function textOf(told: Told): string {
  return text(sectionsOf(told));
}

/** What was told as tables, those without rows included. */
export function sectionsOf({ effects, steps, report, out }: Told): Section[] {
  const name = scoreName(report.objective);
  return [
    facts("whole", `Agent ${report.agent}`, wholeFacts(report, effects)),
    effectTable(effects, report),
    section("reasons", "Why nothing is shown of these", "", effects.filter(({ reason }) => reason !== undefined), [
      ["without", "text", ({ gene }) => gene],
      ["", "words", ({ reason }) => reason!],
    ]),
    section("steps", `Left out one after the other, in ${report.ablationEpisodes} episodes`, "", steps, [
      ["without", "text", ({ genes }) => genes.join(", ")],
      [`lost (${name})`, "number", ({ loss }) => loss],
      ["genes left", "count", ({ left }) => left],
    ]),
    facts("smallest", "The smallest genome found", smallestFacts(report, out)),
    section(
      "kept",
      `What leaving out any further one would lose, in ${report.ablationEpisodes} episodes`,
      "",
      report.smallest.genes,
      [
        ["gene", "text", ({ gene }) => gene],
        [`lost (${name})`, "number", ({ loss }) => loss],
      ],
    ),
  ];
}

type Fact = readonly [what: string, value: string];

function facts(id: string, title: string, all: readonly Fact[]): Section {
  return section(id, title, "", all, [["what", "words", ([what]) => what], ["", "words", ([, value]) => value]]);
}

function wholeFacts(report: AblationReport, effects: readonly GeneEffect[]): Fact[] {
  const { genomeHash, active, objective, episodes } = report;
  const compared = effects.filter(({ p }) => p !== null).length;
  const least = leastPairs(0.05 / Math.max(1, compared));
  const unseen: Fact[] = [
    ["from, to", "the interval of 95 %, each by itself"],
    ["p", `paired permutation test, by Holm over ${counted(compared, "comparison")}`],
    ...(episodes < least ? [["too few episodes", `it takes ${least} to show anything of so many`] as Fact] : []),
  ];
  return [
    ["genome", `${genomeHash.slice(0, 12)}, ${counted(active, "active gene")}`],
    [`expected ${scoreName(objective)}`, expectedText(report)],
    ["worth", `how much better the genome does than without the gene`],
    ...(report.unexpected
      ? [["episodes", "are seen ones: of others nothing is shown"] as Fact]
      : compared > 0
      ? unseen
      : []),
  ];
}

function effectTable(effects: readonly GeneEffect[], { episodes }: AblationReport): Section {
  const title = `Each gene off in turn: what it is worth, in ${counted(episodes, "episode")}`;
  return section("effects", title, "", effects, [
    ["without", "text", ({ gene }) => gene],
    ["worth", "number", ({ effect }) => effect && effect.mean],
    ["from", "number", ({ effect }) => effect && effect.low],
    ["to", "number", ({ effect }) => effect && effect.high],
    ["p", "number", ({ adjusted }) => adjusted],
    ["the gene", "words", ({ verdict, of }) => of === "violation" ? `${verdict} (violation)` : verdict],
  ]);
}

function smallestFacts({ smallest, margin, fertile, objective, ...report }: AblationReport, out?: string): Fact[] {
  const { genomeHash, genes, expected, loss, verdict } = smallest;
  const name = scoreName(objective);
  return [
    ["genome", `${genomeHash.slice(0, 12)}, ${counted(genes.length, "active gene")}${fertile ? ", births kept" : ""}`],
    [`expected ${name}`, expected ? expectedText({ expected }) : expectedText(report)],
    ["lost against the whole", `${loss ? intervalText(loss) : "not known"}; margin ${show(margin, "number")}`],
    ["keeps the score", keepsText[verdict]],
    ...(out === undefined ? [] : [["written into", out] as Fact]),
  ];
}

const keepsText: Readonly<Record<SmallestGenome["verdict"], string>> = {
  kept: "yes: no more than the margin is lost",
  lost: "no: more than the margin is lost, or it fails or breaks more",
  "not shown": "not shown: neither that more than the margin is lost, nor that it is not",
};

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
