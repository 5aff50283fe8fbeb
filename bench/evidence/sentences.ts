/**
 * A comparison in words.
 *
 * @module
 */

import type { ComparedArm } from "../../lib/records/compare.ts";
import { objectiveValue } from "../../lib/records/objective.ts";
import type { Objective } from "../../lib/runtime/contract.ts";
import { reference } from "../../lib/steps/compare/arms.ts";

/** What is shown of the reference beside each arm, and what is not. */
export function sentences(
  arms: readonly ComparedArm[],
  options: { readonly margin: number; readonly objective?: Objective },
): string[] {
  return arms.filter(({ against }) => against !== null).map((arm) => sentence(arm, options));
}

function sentence(
  { arm, against }: ComparedArm,
  { margin, objective }: { readonly margin: number; readonly objective?: Objective },
): string {
  const { shown, difference, low, high, adjusted, pairs, pairsForMargin } = against!;
  const bounds = objective?.sense === "minimise" ? [high, low] : [low, high];
  const [middle, from, to] = [difference, ...bounds].map((value) => number(objectiveValue(value ?? null, objective)));
  const figures = `${middle} [${from}, ${to}], p = ${probability(adjusted)}, ${pairs} pairs`;
  const enough = pairsForMargin === null
    ? ""
    : ` To see ${margin} points in 80 of 100 cases takes ${pairsForMargin} seeds.`;
  if (shown === null) {
    return `- That \`${reference}\` is better or worse than \`${arm}\` is **not shown**: ${figures}.${enough}`;
  }
  return `- \`${reference}\` is **${shown}** than \`${arm}\`: ${figures}.`;
}

function number(value: number | null): string {
  return value === null ? "–" : value.toFixed(2);
}

function probability(value: number | null): string {
  return value === null ? "–" : value < 0.0001 ? value.toExponential(1) : value.toFixed(4);
}
