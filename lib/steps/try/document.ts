/**
 * A genome that was tried, for people: in 80 columns, or in Markdown.
 *
 * @module
 */

import type { TraceStep } from "../../records/trace.ts";
import type { TryEpisode } from "../../records/try.ts";
import { text } from "../../step/sections_text.ts";
import { traceMarkdown, traceText } from "../../step/trace_text.ts";
import { hanging } from "../../step/wrap.ts";
import { markdownTable } from "../../tables/markdown_table.ts";
import { type Row, type Section, section } from "../../tables/section.ts";
import { plain, show } from "../../tables/show.ts";
import { shownText } from "../../util/text.ts";
import type { Subject, TryRecords } from "./records.ts";

/** Steps of a trace that are shown, from its beginning and from its end; programs get all of them. */
const [mostFirst, mostLast] = [100, 5];
/** Episodes that are shown, characters of an answer, genes with their times. */
const [mostEpisodes, mostAnswer, mostGenes] = [20, 300, 20];

/** The records, as text for a terminal. */
export function textOf(records: TryRecords, subject: Subject): string {
  const { first, between, last } = cut(records.trace);
  const world = subject.pool.world;
  const trace = records.trace.length === 0
    ? []
    : [traceText(first, world), ...(between > 0 ? [`${gap(between)}\n`, traceText(last, world)] : [])];
  const answers = answersOf(records).map((answer) => `${answer}\n`);
  return [...trace, text(sectionsOf(records, subject)), answers.join("")].join("\n");
}

/** The same in GitHub's dialect of Markdown. */
export function markdownOf(records: TryRecords, subject: Subject): string {
  const { first, between, last } = cut(records.trace);
  const world = subject.pool.world;
  const trace = records.trace.length === 0 ? [] : [
    "## Steps\n",
    traceMarkdown(first, world),
    ...(between > 0 ? [`${gap(between)}\n`, traceMarkdown(last, world)] : []),
  ];
  const tables = sectionsOf(records, subject).filter(({ rows }) => rows.length > 0).map((table) =>
    markdownTable(table)
  );
  const answers = answersOf(records);
  return [
    "# A genome that was tried\n",
    ...tables,
    ...(answers.length > 0 ? ["## Answers\n", "```text", ...answers, "```\n"] : []),
    ...trace,
  ].join("\n");
}

function cut(trace: readonly TraceStep[]) {
  if (trace.length <= mostFirst + mostLast) return { first: trace, between: 0, last: [] };
  return {
    first: trace.slice(0, mostFirst),
    between: trace.length - mostFirst - mostLast,
    last: trace.slice(-mostLast),
  };
}

function gap(steps: number): string {
  return `(${steps} more steps; --format ndjson has all.)`;
}

function sectionsOf({ types, trace, episodes, evaluated }: TryRecords, { test, pool }: Subject): Section[] {
  const { objectives, measures } = evaluated;
  const facts: [string, string | null][] = [
    ["template", evaluated.template],
    ["genome", `${evaluated.genome}, ${evaluated.genes} ${evaluated.genes === 1 ? "gene" : "genes"} on`],
    ["episodes", `${evaluated.episodes}${test ? " test instances" : ""}, seed ${evaluated.seed}`],
    ["environment", evaluated.environment],
    ["types", types.ok ? "in order" : "not in order"],
    ["outcome", evaluated.ok ? "finished" : `failed: ${evaluated.issue!.code.replace(/^evaluation\./, "")}`],
    ["violation", evaluated.violation > 0 ? show(evaluated.violation, "number") : null],
    ["invalid actions", evaluated.invalid > 0 ? String(evaluated.invalid) : null],
    ["chance", evaluated.drew ? "a gene drew random numbers though noisy is false" : null],
    ["probes", evaluated.probes ? "change and draw nothing, where it was looked" : null],
    ["ms", Object.entries(evaluated.ms).map(([part, ms]) => `${part} ${Math.round(ms)}`).join(", ")],
  ];
  return [
    section("tried", "Tried", "", facts.filter(([, value]) => value !== null), [
      ["what", "words", ([what]) => what],
      ["", "text", ([, value]) => value],
    ]),
    section("objectives", "Objectives: means, and 95 % intervals over the episodes", "", objectives, [
      ["objective", "text", ({ name }) => name],
      ["sense", "words", ({ sense }) => sense],
      ["mean", "number", ({ mean }) => mean],
      ["from", "number", ({ low }) => low],
      ["to", "number", ({ high }) => high],
    ]),
    section("measures", "Measures: means", "", Object.entries(measures), [
      ["measure", "text", ([name]) => name],
      ["mean", "number", ([, value]) => value],
    ]),
    episodesOf(episodes, pool.world.objectives?.map(({ name }) => name)),
    timesOf(trace),
  ];
}

/** How long each gene took over all steps that were traced, the slowest first. */
function timesOf(trace: readonly TraceStep[]): Section {
  const times = new Map<string, { calls: number; ms: number; most: number }>();
  for (const { gene, ms } of trace.flatMap(({ genes }) => genes)) {
    const { calls, ms: sum, most } = times.get(gene) ?? { calls: 0, ms: 0, most: 0 };
    times.set(gene, { calls: calls + 1, ms: sum + ms, most: Math.max(most, ms) });
  }
  const slowest = [...times].sort(([, a], [, b]) => b.ms - a.ms).slice(0, mostGenes);
  return section("times", `Time of genes in ${trace.length} steps, the slowest first`, "", slowest, [
    ["gene", "text", ([gene]) => gene],
    ["calls", "count", ([, { calls }]) => calls],
    ["in all", "fine ms", ([, { ms }]) => ms],
    ["longest", "fine ms", ([, { most }]) => most],
  ]);
}

/** One of some episodes: those of a test are given by their means. */
function episodesOf(episodes: readonly TryEpisode[], objectives: readonly string[] | undefined): Section {
  const shown = episodes.slice(0, mostEpisodes);
  const hasInstances = episodes.some(({ instance }) => instance !== undefined);
  const values: Row<TryEpisode>[] = objectives
    ? objectives.map((name) => [name, "number", ({ measures }) => measures[name] ?? null])
    : [["score", "number", ({ score }) => score]];
  const title = shown.length < episodes.length
    ? `Episodes: the first ${shown.length} of ${episodes.length}`
    : "Episodes";
  return section("episodes", title, "", shown, [
    [hasInstances ? "instance" : "episode", "count", ({ instance, episode }) => instance ?? episode],
    ...values,
    ...(episodes.some(({ violation }) => violation > 0)
      ? [["violation", "number", ({ violation }) => violation] as Row<TryEpisode>]
      : []),
  ]);
}

/** Answers in short, a line for each of some episodes. */
function answersOf({ episodes }: TryRecords): string[] {
  return episodes.filter((one) => "answer" in one).slice(0, mostEpisodes).map(({ answer, episode, instance }) => {
    const which = instance === undefined ? `episode ${episode}` : `instance ${instance}`;
    const said = shownText(plain(JSON.stringify(answer)), mostAnswer).replaceAll(",", ", ");
    return hanging(`answer of ${which}: `, said, 80);
  });
}
