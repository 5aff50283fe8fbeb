/**
 * Traces as people read them, in 80 columns.
 *
 * @module
 */

import type { TraceStep } from "../records/trace.ts";
import type { Action, TracedGene, WorldSettings } from "../runtime/contract.ts";
import { plain } from "../tables/show.ts";
import { hanging, shownWidth } from "./wrap.ts";

/** Numbers of a list, and candidates for a vote, that are shown; programs get all of them. */
const mostItems = 12;

/** What the actions of a world are called. */
type Spaces = Pick<WorldSettings, "action" | "actions">;

/**
 * Steps as text: what was perceived, what each gene did with it and how long that took, what was done, what it was worth.
 *
 * @param world The world, for the names of its actions.
 * @param width Columns. @default those of the terminal, else 80
 */
export function traceText(steps: readonly TraceStep[], world: Spaces, width: number = shownWidth(80)): string {
  return steps.map((step) => stepText(step, namesOf(world), width)).join("\n");
}

/** The same as a block of Markdown. */
export function traceMarkdown(steps: readonly TraceStep[], world: Spaces): string {
  // No line of it begins with less than what a fence may be indented by, but for words of this program's own.
  return `\`\`\`text\n${traceText(steps, world, 80)}\`\`\`\n`;
}

function stepText(step: TraceStep, names: readonly string[], width: number): string {
  const { perception, genes, votes, action, reward, invalid } = step;
  const seen = Object.entries(perception).map(([name, value]) => `${name} ${valueText(value)}`);
  const phases = Math.max(9, ...genes.map(({ phase }) => plain(phase).length));
  const line = (begin: string, text: string) => hanging(`  ${plain(begin).padEnd(phases)}  `, plain(text), width);
  return [
    headOf(step),
    line("perceived", seen.length === 0 ? "nothing" : seen.join(", ")),
    ...genes.map((gene, at) => line(gene.phase, geneText(gene, names, !step.ok && at === genes.length - 1))),
    ...(votes ? [line("votes", heaviest(votes).map(([at, weight]) => voteText(at, weight, names)).join(", "))] : []),
    ...(action === undefined
      ? []
      : [line("action", `${actionText(action, names)}${invalid ? ", as none in the space was given" : ""}`)]),
    ...(reward === undefined ? [] : [line("reward", numberText(reward))]),
    "",
  ].join("\n");
}

function headOf({ episode, instance, timestep }: TraceStep): string {
  return `episode ${episode}${instance === undefined ? "" : ` (instance ${instance})`}, step ${timestep}`;
}

function geneText(gene: TracedGene, names: readonly string[], hasFailed: boolean): string {
  const { votes = [], emitted = [], returned, probes, draws } = gene;
  const did = [
    ...(votes.length > 0
      ? [`votes ${cut(votes).map(([at, weight]) => voteText(at, weight, names)).join(", ")}${more(votes)}`]
      : []),
    ...(emitted.length > 0
      ? [`emits ${cut(emitted).map(([name, value]) => `${name} ${valueText(value)}`).join(", ")}${more(emitted)}`]
      : []),
    ...(returned === undefined
      ? []
      : [`returns ${returned === null ? "no finite number" : actionText(returned, names)}`]),
    ...(probes === undefined ? [] : [`${probes} ${probes === 1 ? "probe" : "probes"}`]),
    ...(draws === undefined ? [] : [`${draws} ${draws === 1 ? "draw" : "draws"}`]),
    ...(hasFailed ? ["failed"] : []),
  ];
  return `${gene.gene} ${gene.ms} ms${did.length === 0 ? "" : `: ${did.join("; ")}`}`;
}

function namesOf({ action, actions }: Spaces): readonly string[] {
  return actions ?? (action?.space === "discrete" && "names" in action ? action.names : []);
}

function actionText(action: Action, names: readonly string[]): string {
  return typeof action === "number" ? names[action] ?? numberText(action) : valueText(action);
}

function voteText(action: number, weight: number, names: readonly string[]): string {
  return `${names[action] ?? action} ${numberText(weight)}`;
}

/** The actions with most votes, in their order. */
function heaviest(votes: readonly number[]): (readonly [action: number, weight: number])[] {
  const all = votes.map((weight, action) => [action, weight] as const);
  if (all.length <= mostItems) return all;
  return all.toSorted((a, b) => b[1] - a[1]).slice(0, mostItems).sort((a, b) => a[0] - b[0]);
}

function valueText(value: number | readonly number[]): string {
  return typeof value === "number" ? numberText(value) : `[${cut(value).map(numberText).join(" ")}${more(value)}]`;
}

function numberText(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function cut<T>(items: readonly T[]): readonly T[] {
  return items.slice(0, mostItems);
}

function more(items: readonly unknown[]): string {
  return items.length > mostItems ? ` … (${items.length})` : "";
}
