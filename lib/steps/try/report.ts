/**
 * What is known of a genome that was tried, as records, or a document for people.
 *
 * @module
 */

import type { StepContext } from "../../step/context.ts";
import { recordsOf, type Subject } from "./records.ts";

/** Emits the records, or prints them as a document. */
export async function report(step: StepContext, subject: Subject): Promise<void> {
  const records = recordsOf(step, subject);
  if (records.evaluated.drew) {
    step.say(
      "warning: a gene drew random numbers though world.noisy is false, so that a score is one draw of many; --trace " +
        'tells which. Set noisy to true, or randomness to "genome".',
    );
  }
  if (step.format === "md" || step.format === "table") {
    const { markdownOf, textOf } = await import("./document.ts");
    return step.print(step.format === "md" ? markdownOf(records, subject) : textOf(records, subject));
  }
  step.emit(records.types);
  for (const one of records.trace) step.emit(one);
  for (const one of records.episodes) step.emit(one);
  step.emit(records.evaluated);
}
