/**
 * Prometheus' text format, version 0.0.4.
 *
 * @module
 */

/** One value of a metric. */
export interface Sample {
  /** What follows the metric's name: `_sum` and `_count` of a summary. */
  readonly suffix?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Null: there is none, and the sample is left out. */
  readonly value: number | null;
}

/** A metric with its values. */
export interface Family {
  readonly name: string;
  readonly type: "gauge" | "counter" | "summary";
  /** What it means, in a sentence. */
  readonly help: string;
  readonly samples: readonly Sample[];
}

/**
 * The text of some metrics; one without a value is left out.
 *
 * @param labels What every sample has besides its own.
 */
export function exposition(families: readonly Family[], labels: Readonly<Record<string, string>>): string {
  return families.map((family) => textOf(family, labels)).join("");
}

function textOf({ name, type, help, samples }: Family, common: Readonly<Record<string, string>>): string {
  const lines = samples.filter(({ value }) => value !== null).map(({ suffix = "", labels, value }) =>
    `${name}${suffix}${labelsOf({ ...common, ...labels })} ${value}\n`
  );
  return lines.length === 0 ? "" : `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function labelsOf(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join()}}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
