/**
 * How far evaluators scale, as a part of `docs/performance.md`.
 *
 * @module
 */

import { type Cell, type Measured, ofIdeal, rate, repeats } from "./cell.ts";
import { cpuSeconds, loopingShare } from "./simulated.ts";

/** What the part begins with; whatever follows it to the next heading of its level belongs to it. */
export const heading = "## By the number of evaluators";

/** The part. */
export function scalingPart({ at, machine, load, agents, cells }: Measured): string {
  const plain = cells.filter(({ looping }) => looping === 0);
  const counts = [...new Set(plain.map(({ evaluators }) => evaluators))];
  const rows = [...new Set(plain.map(({ ms }) => ms))].map((ms) => [
    `${ms} ms`,
    ...counts.map((count) => cellText(plain.find((one) => one.ms === ms && one.evaluators === count))),
  ]);
  return [
    heading,
    "",
    "A supervisor and a broker with [evaluators](evaluators.md) that reply after a pause with what a real one has replied before: " +
    `${agents} agents of the default template, 20 steps; supervisor, broker and all evaluators on the same machine. ` +
    "`deno run -A bench/evaluators.ts` measures it and writes this part. Evaluations a second, and in parentheses the share " +
    `of what as many evaluators could do at most; each the median of ${repeats}:`,
    "",
    ...table(["an evaluation takes", ...counts.map((count, i) => `${count}${i === 0 ? " evaluator" : ""}`)], rows),
    "",
    "![Evaluations a second by the number of evaluators, beside the ideal](evaluators.svg)",
    "",
    ...loopingText(cells),
    `Measured ${at.slice(0, 10)} on ${machine}, load ${load === null ? "unknown" : load.toFixed(1)}.`,
    "",
  ].join("\n");
}

/** What evaluations cost that do not end by themselves. */
function loopingText(cells: readonly Cell[]): string[] {
  const looping = cells.filter((one) => one.looping > 0);
  if (looping.length === 0) return [];
  const rows = looping.map((one) => {
    const plain = cells.find(({ ms, evaluators, looping }) =>
      looping === 0 && ms === one.ms && evaluators === one.evaluators
    );
    return [
      `${one.ms} ms, ${one.evaluators} evaluators`,
      plain ? ofIdeal(plain).toFixed(2) : "–",
      `${one.looping} of ${one.evaluations}`,
      `${Math.round(rate(one))}`,
      ofIdeal(one).toFixed(2),
    ];
  });
  return [
    `With ${
      loopingShare * 100
    } % that loop until the CPU limit of ${cpuSeconds} s, each at evaluators of two machines, since what one ` +
    "alone has seen fail does not count. The ideal has these twice as well: what they cost beyond that is what the last column " +
    "is below that without them.",
    "",
    ...table(["an evaluation takes", "of the ideal without", "loop", "a second", "of the ideal"], rows),
    "",
  ];
}

function cellText(cell: Cell | undefined): string {
  return cell ? `${Math.round(rate(cell))} (${ofIdeal(cell).toFixed(2)})` : "–";
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}

/** The page with this part in the place of the one that it has, or at its end. */
export function withScaling(page: string, part: string): string {
  const from = page.indexOf(`${heading}\n`);
  if (from < 0) return `${page.trimEnd()}\n\n${part}`;
  const next = page.indexOf("\n## ", from);
  return page.slice(0, from) + (next < 0 ? part : `${part}${page.slice(next)}`);
}
