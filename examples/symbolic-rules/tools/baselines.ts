/**
 * What is reached without evolution: the most frequent cultivar, the best single threshold, and a tree of few thresholds,
 * each found on the rows to train on, and counted on those to test with.
 *
 * ```sh
 * deno run --allow-read examples/symbolic-rules/tools/baselines.ts
 * ```
 *
 * It shares nothing with the example but the table and which rows are there to test with.
 *
 * @module
 */

type Row = Readonly<Record<string, number>>;

/** Tells the cultivar of a row. */
export type Rule = (row: Row) => number;

/** The rows of the table. */
export function readRows(): Row[] {
  const text = Deno.readTextFileSync(new URL("../data/wine.csv", import.meta.url));
  const [head, ...lines] = text.trim().split("\n").map((line) => line.split(","));
  return lines.map((line) => Object.fromEntries(line.map((value, i) => [head![i]!, Number(value)])));
}

/** The rows to train on, and every third one, to test with. */
export function parted(rows: readonly Row[]): { readonly train: Row[]; readonly test: Row[] } {
  return { train: rows.filter((_, i) => i % 3 !== 2), test: rows.filter((_, i) => i % 3 === 2) };
}

/** The cultivar that most rows are of. */
export function majority(rows: readonly Row[]): Rule {
  const most = mostOf(rows);
  return () => most;
}

/**
 * A tree that splits the rows where this leaves least wrong at once, so many times in a row at most. Of equally good
 * splits it takes the one with the least Gini impurity, of these the first. Of depth 1 it is a single threshold.
 */
export function tree(rows: readonly Row[], depth: number): Rule {
  const split = depth > 0 && wrongOf(rows) > 0 ? bestSplit(rows) : undefined;
  if (!split) return majority(rows);
  const { measure, cut } = split;
  const below = tree(rows.filter((row) => row[measure]! <= cut), depth - 1);
  const above = tree(rows.filter((row) => row[measure]! > cut), depth - 1);
  return (row) => (row[measure]! <= cut ? below : above)(row);
}

function bestSplit(rows: readonly Row[]): { readonly measure: string; readonly cut: number } | undefined {
  let best: { measure: string; cut: number; wrong: number; impurity: number } | undefined;
  for (const measure of Object.keys(rows[0]!).filter((name) => name !== "cultivar")) {
    const values = [...new Set(rows.map((row) => row[measure]!))].sort((a, b) => a - b);
    for (let i = 1; i < values.length; i++) {
      const cut = (values[i - 1]! + values[i]!) / 2;
      const parts = [rows.filter((row) => row[measure]! <= cut), rows.filter((row) => row[measure]! > cut)];
      const wrong = wrongOf(parts[0]!) + wrongOf(parts[1]!);
      const impurity = impurityOf(parts[0]!) + impurityOf(parts[1]!);
      const isBetter = !best || wrong < best.wrong || (wrong === best.wrong && impurity < best.impurity);
      if (isBetter) best = { measure, cut, wrong, impurity };
    }
  }
  return best;
}

function countsOf(rows: readonly Row[]): number[] {
  const counts = [0, 0, 0];
  for (const { cultivar } of rows) counts[cultivar! - 1]!++;
  return counts;
}

function mostOf(rows: readonly Row[]): number {
  const counts = countsOf(rows);
  return counts.indexOf(Math.max(...counts)) + 1;
}

function wrongOf(rows: readonly Row[]): number {
  return rows.length - Math.max(...countsOf(rows));
}

function impurityOf(rows: readonly Row[]): number {
  return rows.length - countsOf(rows).reduce((sum, count) => sum + count * count / rows.length, 0);
}

/** How many of some rows a rule misclassifies. */
export function errorsOf(rule: Rule, rows: readonly Row[]): number {
  return rows.filter((row) => rule(row) !== row.cultivar).length;
}

if (import.meta.main) {
  const { train, test } = parted(readRows());
  const rules: [string, Rule][] = [
    ["most frequent cultivar", majority(train)],
    ["single threshold", tree(train, 1)],
    ["tree of depth 2", tree(train, 2)],
    ["tree of depth 3", tree(train, 3)],
  ];
  for (const [name, rule] of rules) {
    const [trained, tested] = [errorsOf(rule, train), errorsOf(rule, test)];
    const share = (100 * tested / test.length).toFixed(1);
    console.log(
      `${name}: ${trained} of ${train.length} wrong in training, ${tested} of ${test.length} in test (${share} %)`,
    );
  }
}
