/**
 * Whose wine is it? Rules that classify three cultivars by what a laboratory has measured.
 *
 * An episode is a part of the table, a step is one of its rows: genes perceive what was measured, and the action is the
 * cultivar. What is right they never learn: the reward is 0 throughout, and the answer is known to the judge alone.
 *
 * @module
 */

import type { ObjectiveJudgement, Setup, WorldSettings } from "evolve/contract";

/** Every third row is there to test with, 59 of them; the others are dealt out to five parts of 23 or 24 rows. */
export const world = {
  actions: ["cultivar1", "cultivar2", "cultivar3"],
  observation: {
    alcohol: 1,
    malicAcid: 1,
    ash: 1,
    alcalinity: 1,
    magnesium: 1,
    phenols: 1,
    flavanoids: 1,
    nonflavanoids: 1,
    proanthocyanins: 1,
    colour: 1,
    hue: 1,
    od: 1,
    proline: 1,
  },
  objectives: [{ name: "error", sense: "minimise" }],
  phases: ["rule", "act"],
  steps: 178,
  instances: { train: 5, test: 1 },
  episodes: 5,
  noisy: false,
  memory: "episode",
  environments: { wine: {} },
} as const satisfies WorldSettings;

/** So many parts are there to train on, and so many cultivars. */
const parts = 5, cultivars = 3;

/** A table by its columns: all but `cultivar`, which is 1, 2 or 3, are perceived. */
export type Table = Readonly<Record<string, readonly number[]>> & { readonly cultivar: readonly number[] };

/** The file of `data/`. */
export interface Data {
  readonly wine: Table;
}

/** A part of the table, and the predictions for its rows. */
export interface State {
  readonly table: Table;
  readonly measured: readonly string[];
  readonly rows: readonly number[];
  readonly genes: number;
  /** The action of each row so far. */
  predicted: number[];
}

/** The rows of an instance: the table is sorted by cultivar, so each part has the same share of each. */
export function begin({ data: { wine }, instance, genes }: Setup<Data>): State {
  return {
    table: wine,
    measured: Object.keys(wine).filter((column) => column !== "cultivar"),
    rows: rowsOf(instance, wine.cultivar.length),
    genes,
    predicted: [],
  };
}

/** The numbers of an instance's rows, in the order of the table. */
export function rowsOf(instance: number, length: number): number[] {
  const all = Array.from({ length }, (_, row) => row);
  if (instance >= parts) return all.filter((row) => row % 3 === 2);
  return all.filter((row) => row % 3 !== 2).filter((_, place) => place % parts === instance);
}

/** What was measured of the row whose turn it is, by the names of the columns. */
export function perceive({ table, measured, rows, predicted }: State): Record<string, number> {
  const row = rows[predicted.length];
  return Object.fromEntries(measured.map((column) => [column, row === undefined ? 0 : table[column]![row]!]));
}

/** Takes down the cultivar; whether it is right is not said. */
export function act(state: State, action: number): number {
  state.predicted.push(action);
  return 0;
}

/** It is over with the last row. */
export function finished({ rows, predicted }: State): boolean {
  return predicted.length >= rows.length;
}

/** How many percent of the rows are misclassified; `genes` is how many rules and ways to decide there are. */
export function judge({ table, rows, predicted, genes }: State): ObjectiveJudgement {
  const wrong = rows.filter((row, i) => table.cultivar[row] !== predicted[i]! + 1).length;
  return { objectives: { error: 100 * wrong / rows.length }, measures: { wrong, genes } };
}

/** The prediction for each row, and the confusion matrix: a line for each true cultivar, a column for each predicted one. */
export function answer({ table, rows, predicted }: State) {
  return {
    confusion: confusionOf({ table, rows, predicted }),
    predictions: predicted.map((action, i) => ({
      row: rows[i]!,
      cultivar: table.cultivar[rows[i]!]!,
      predicted: action + 1,
    })),
  };
}

/** How many rows of each cultivar were classified as each one, from 1 on. */
export function confusionOf({ table, rows, predicted }: Pick<State, "table" | "rows" | "predicted">): number[][] {
  const counts = Array.from({ length: cultivars }, () => Array.from({ length: cultivars }, () => 0));
  for (const [i, action] of predicted.entries()) counts[table.cultivar[rows[i]!]! - 1]![action]!++;
  return counts;
}
