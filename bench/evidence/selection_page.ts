/**
 * What selection and drift alone do, as a part of `docs/evidence.md`.
 *
 * @module
 */

import { equivalence } from "../../lib/statistics/equivalence.ts";
import { equivalenceTable } from "./equivalence_table.ts";
import { selectionName } from "./files.ts";
import type { SelectionRun } from "./selection.ts";
import { type DriftProblem, expectedOf, selectionProblems, type TakeoverProblem } from "./selection_problems.ts";

/** The tables of both kinds of problems. */
export function selectionPart(all: readonly SelectionRun[]): string[] {
  const drift = selectionProblems.filter((problem) => problem.kind === "drift");
  const takeover = selectionProblems.filter((problem) => problem.kind === "takeover");
  return [
    "## Selection and drift alone",
    "",
    "Populations in which no birth changes anything, so that what is left is the strategy itself. Tests, intervals and " +
    "columns are those of above; problems, margins and numbers of runs were fixed before the runs.",
    "",
    equivalenceTable({
      title: "Heterozygosity under drift",
      first: ["what", "words", ({ problem: { size, cycles } }) => `${size} agents, ${cycles} cycles`],
      rows: rowsOf(all, drift),
    }),
    "The share of pairs of agents that have different genomes under the strategy `none`, by which three in ten are replaced in " +
    'each cycle, from a population in which no two agents have the same genome. Theory is a model of Cannings (1974, "The ' +
    'latent roots of certain Markov chains arising in genetics: a new approach, I"): heterozygosity falls in each cycle by the ' +
    "factor 1 − (1 − s (s − 1) / (n (n − 1))) / s, where s of n agents are left. As generations overlap that is an effective " +
    "size of 137 for 100 agents; by Wright and Fisher it would be 100, of which 82 % would be left after 20 cycles.",
    "",
    equivalenceTable({
      title: "Takeover times",
      first: [
        "what",
        "words",
        ({ problem: { tournament, mu } }) => tournament ? `tournaments of ${tournament}` : `truncation to ${mu}`,
      ],
      rows: rowsOf(all, takeover),
    }),
    "Generations until copies of the best genome are the whole population. One of 50 agents is better than the others, which are " +
    "all alike; one elite stays. Theory is the exact mean of the Markov chain of the number of copies: the parent of a child is " +
    "one of k copies among n agents with the chance 1 − (1 − k / n)<sup>s</sup> in tournaments of s (Goldberg and Deb 1991, " +
    '"A comparative analysis of selection schemes used in genetic algorithms"), and k / mu, at most 1, in truncation to mu. ' +
    "What Goldberg and Deb approximate it by, (ln n + ln ln n) / ln s, is 7.61 for s = 2 and 3.81 for s = 4.",
    "",
    `Raw results: [evidence/${selectionName}.ndjson](evidence/${selectionName}.ndjson).`,
    "",
  ];
}

function rowsOf<T extends DriftProblem | TakeoverProblem>(all: readonly SelectionRun[], problems: readonly T[]) {
  return problems.map((problem) => {
    const values = all.filter((run) => run.problem === problem.name).map(({ value }) => value);
    const value = expectedOf(problem);
    return { problem, value, runs: values.length, ...equivalence(values, { value, margin: problem.margin * value }) };
  });
}
