/**
 * What `init` says of the data of a template. Loaded only where it has some.
 *
 * @module
 */

import { measureImage } from "../../isolation/wasm/data_cost.ts";
import type { StepContext } from "../../step/context.ts";
import type { AdmittedData } from "../../toolchain/admit.ts";

/** Characters of data from which on a process for each evaluation is dear. */
const dear = 1024 * 1024;

/** Says what data costs an evaluation in each isolation. Needs read permission for `lib/` and the package of the engine. */
export async function sayCost(step: StepContext, { line, cost: { ms, memoryMiB } }: AdmittedData): Promise<void> {
  const image = await measureImage(line);
  const size = line.length < dear ? `${Math.ceil(line.length / 1024)} KiB` : `${(line.length / dear).toFixed(1)} MiB`;
  step.say(
    `the template's data, ${size} as JSON, costs an evaluation ${ms} ms and ${memoryMiB} MiB in process and bwrap, and ` +
      `${
        image.ms.toFixed(1)
      } ms and ${image.memoryMiB} MiB in wasm; shared processes, residents and the judge load it ` +
      "once. It is not charged to agents.",
  );
  if (line.length <= dear) return;
  step.say(
    `warning: data of more than 1 MiB is loaded anew for each evaluation in process and bwrap, ${ms} ms here; ` +
      "--isolation shared, wasm and --mode resident load it once.",
  );
}
