/**
 * Up to six rules, each a gene: "if flavanoids > 1.9 and proline <= 755, two points for cultivar 2".
 *
 * The parameters are lists: the first elements are those of the first rule, and so on. `deno task show best` has them;
 * `tools/rules.ts` writes them as sentences.
 *
 * @module
 */

import type { GeneContext } from "evolve/contract";

/** Two conditions of each rule: a measure is above a share of its range, or not; how they are joined, and what it says. */
export const parameters = {
  measure: {
    kind: "choice",
    options: [
      "alcohol",
      "malicAcid",
      "ash",
      "alcalinity",
      "magnesium",
      "phenols",
      "flavanoids",
      "nonflavanoids",
      "proanthocyanins",
      "colour",
      "hue",
      "od",
      "proline",
    ],
    default: "alcohol",
    length: 6,
  },
  cut: { min: 0, max: 1, default: 0.5, length: 6 },
  above: { kind: "boolean", default: true, length: 6 },
  join: { kind: "choice", options: ["alone", "and", "or"], default: "alone", length: 6 },
  otherMeasure: {
    kind: "choice",
    options: [
      "alcohol",
      "malicAcid",
      "ash",
      "alcalinity",
      "magnesium",
      "phenols",
      "flavanoids",
      "nonflavanoids",
      "proanthocyanins",
      "colour",
      "hue",
      "od",
      "proline",
    ],
    default: "alcohol",
    length: 6,
  },
  otherCut: { min: 0, max: 1, default: 0.5, length: 6 },
  otherAbove: { kind: "boolean", default: true, length: 6 },
  cultivar: { kind: "choice", options: ["1", "2", "3"], default: "1", length: 6 },
  points: { kind: "integer", min: 1, max: 5, default: 1, length: 6 },
} as const;

type Rules = GeneContext<typeof parameters>;

/** The least and the greatest value of each measure in the rows to train on: what a cut of 0 and of 1 stands for. */
export const ranges: Readonly<Record<string, readonly number[]>> = Object.freeze({
  alcohol: Object.freeze([11.03, 14.75]),
  malicAcid: Object.freeze([0.89, 5.8]),
  ash: Object.freeze([1.7, 3.23]),
  alcalinity: Object.freeze([11.2, 30]),
  magnesium: Object.freeze([78, 151]),
  phenols: Object.freeze([1.1, 3.88]),
  flavanoids: Object.freeze([0.47, 5.08]),
  nonflavanoids: Object.freeze([0.14, 0.66]),
  proanthocyanins: Object.freeze([0.41, 2.91]),
  colour: Object.freeze([1.9, 11.75]),
  hue: Object.freeze([0.48, 1.71]),
  od: Object.freeze([1.27, 4]),
  proline: Object.freeze([290, 1680]),
});

/**
 * The first rule.
 *
 * @phase rule
 */
export function rule1(context: Rules): void {
  apply(context, 0);
}

/**
 * The second rule.
 *
 * @phase rule
 */
export function rule2(context: Rules): void {
  apply(context, 1);
}

/**
 * The third rule.
 *
 * @phase rule
 */
export function rule3(context: Rules): void {
  apply(context, 2);
}

/**
 * The fourth rule.
 *
 * @phase rule
 */
export function rule4(context: Rules): void {
  apply(context, 3);
}

/**
 * The fifth rule.
 *
 * @phase rule
 */
export function rule5(context: Rules): void {
  apply(context, 4);
}

/**
 * The sixth rule.
 *
 * @phase rule
 */
export function rule6(context: Rules): void {
  apply(context, 5);
}

/** Gives a rule's points to its cultivar where it holds; the first rule that holds is known as the signal `first`. */
function apply(context: Rules, rule: number): void {
  const { cultivar, points } = context.parameters;
  if (!holds(context, rule)) return;
  const action = Number(cultivar[rule]) - 1;
  context.vote(action, points[rule]!);
  if (context.signal("first", -1) < 0) context.emit("first", action);
}

function holds({ perception, parameters }: Rules, rule: number): boolean {
  const { measure, cut, above, join, otherMeasure, otherCut, otherAbove } = parameters;
  const first = isAbove(perception, measure[rule]!, cut[rule]!) === above[rule];
  if (join[rule] === "alone") return first;
  const second = isAbove(perception, otherMeasure[rule]!, otherCut[rule]!) === otherAbove[rule];
  return join[rule] === "and" ? first && second : first || second;
}

function isAbove(perception: Rules["perception"], measure: string, cut: number): boolean {
  const [low, high] = ranges[measure]!;
  return perception[measure]! > low! + cut * (high! - low!);
}
