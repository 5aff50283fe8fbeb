/**
 * Writes the metrics of a run for Prometheus.
 *
 * @module
 */

import { BadValue, runStep } from "../lib/step/step.ts";
import { userPath } from "../lib/step/user_path.ts";

await runStep({
  name: "metrics",
  brief: "Writes the metrics of the run in Prometheus' text format.",
  description:
    "Writes the metrics of the run in Prometheus' text format. Waits for nothing: it can be run while other " +
    "steps are at work, such as by a hook after each cycle.",
  formatOf: ({ out }) => out === undefined ? "prometheus" : undefined,
  flags: {
    out: {
      kind: "parsed",
      parse: promFile,
      brief: "Write them into a file, such as for the textfile collector of the node exporter; absent: to stdout.",
      placeholder: "file.prom",
      optional: true,
    },
  },
  run: async ({ out }, step) => {
    const { metrics } = await import("../lib/steps/metrics/metrics.ts");
    return await metrics(step, out);
  },
});

function promFile(input: string): string {
  if (!input.endsWith(".prom")) {
    throw new BadValue("must be a file that ends in .prom: the node exporter reads no other");
  }
  return userPath(input);
}
