/**
 * The results of the suite as Markdown: `docs/performance.md`.
 *
 * @module
 */

import type { Figure, Goal, Omission, Sample } from "../../lib/records/bench.ts";

/** What one part of the suite found out, the last time that it ran at full length. */
export interface Results {
  readonly part: string;
  /** Time of day at which it ended, ISO 8601. */
  readonly at: string;
  /** In words: processor, cores, kernel, Deno. */
  readonly machine: string;
  /** Load of the machine over the last 15 minutes when the part ended. */
  readonly load: number | null;
  readonly sizes: readonly number[];
  readonly figures: readonly Figure[];
  readonly omissions: readonly Omission[];
}

/** The whole page, from the results of all parts in their order. */
export function documentOf(results: readonly Results[]): string {
  const goals = results.filter(({ part }) => part !== "sizes").flatMap(({ figures }) => figures);
  const bySize = results.filter(({ part }) => part === "sizes").flatMap(({ figures }) => figures);
  const omissions = results.flatMap((one) => one.omissions);
  return [
    "# Performance",
    "",
    "What the orchestrator costs beside a plain reference, which is run in turn with it on the same machine. Goals are " +
    "ratios, never absolute times. `deno task bench` measures all of it and writes this page, `--only` renews some parts; " +
    "`--quick` tries whether all of it works and writes nothing. Where a goal is not met, [profiles.md](profiles.md) says what the time goes into.",
    "",
    "Times are medians from start to end, start of the process included; beside them stands the CPU time of the process " +
    "and all its children, which other work on the machine changes less, and the value by that; it is given in hundredths of a second. Memory is that of the " +
    "largest process. A goal about many agents holds from 10,000 on; what was run less than five times takes minutes.",
    "",
    "| part | measured | load | agents | machine |",
    "| --- | --- | --- | --- | --- |",
    ...results.map(({ part, at, load, sizes, machine }) =>
      `| ${part} | ${at.slice(0, 10)} | ${load === null ? "–" : load.toFixed(1)} | ${sizes.join(", ")} | ${machine} |`
    ),
    "",
    "Where others are at work on the machine, which the load tells, times from start to end are longer than they need be.",
    "",
    ...table(goals),
    ...(bySize.length > 0
      ? [
        "",
        "## By the number of agents",
        "",
        "Each step of a first cycle, at the greatest size against the least.",
        "",
      ]
      : []),
    ...(bySize.length > 0 ? table(bySize) : []),
    ...(omissions.length > 0 ? ["", "## Left out", ""] : []),
    ...omissions.map(({ part, workload, why }) => `- ${part}, ${workload}: ${why}.`),
    "",
  ].join("\n");
}

/** A figure on a line, for a person who waits. */
export function lineOf(figure: Figure): string {
  const { workload, agents, ours, against, goal, met } = figure;
  const verdict = met === null ? "" : met ? `: meets ${goalText(goal)}` : `: MISSES ${goalText(goal)}`;
  return `${workload} (${agents}): ${sampleText(ours)} against ${sampleText(against)}, ${valueText(figure)}${verdict}`;
}

function table(figures: readonly Figure[]): string[] {
  const rows = figures.map((figure) => {
    const { workload, reference, agents, repeats, ours, against, goal, met, note } = figure;
    return [
      `${workload}${note ? ` (${note})` : ""}`,
      `${agents}`,
      reference,
      sampleText(ours),
      sampleText(against),
      valueText(figure),
      goalText(goal),
      met === null ? "–" : met ? "yes" : "**no**",
      `${repeats}`,
    ];
  });
  const head = ["workload", "agents", "reference", "ours", "its", "value (by CPU)", "goal", "met", "runs"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(escaped).join(" | ")} |`);
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}

function sampleText({ wallMs, cpuMs, peakKiB }: Sample): string {
  // JSON has made null of what is unknown.
  const cpu = Number.isFinite(cpuMs) ? `, CPU ${timeText(cpuMs)}` : "";
  const memory = peakKiB === null ? "" : `, ${Math.round(peakKiB / 1024)} MiB`;
  return `${timeText(wallMs)}${cpu}${memory}`;
}

function timeText(ms: number): string {
  if (ms < 100) return `${Number(ms.toPrecision(2))} ms`;
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function valueText({ value, byCpu, goal }: Figure): string {
  const unit = goal?.unit === "seconds more" ? " s" : " ×";
  return `${digits(value)}${unit}${byCpu === null ? "" : ` (${digits(byCpu)}${unit})`}`;
}

function goalText(goal: Goal | undefined): string {
  if (!goal) return "–";
  const unit = goal.unit === "seconds more" ? " s more" : goal.unit === "times" ? " ×" : " × faster";
  return `at ${goal.kind} ${goal.value}${unit}`;
}

function digits(value: number): string {
  return value.toFixed(Math.abs(value) >= 100 ? 0 : 2);
}
