/**
 * What is told of a genome that was tried: records, or a document for people.
 *
 * @module
 */

import type { StepContext } from "../../step/context.ts";
import { type Subject, toldOf } from "./told.ts";

/** Emits what is told, or prints it. */
export async function report(step: StepContext, subject: Subject): Promise<void> {
  const told = toldOf(step, subject);
  if (told.evaluated.drew) {
    step.say(
      "warning: a gene drew random numbers though world.noisy is false, so that a score is one draw of many; --trace " +
        'tells which. Set noisy to true, or randomness to "genome".',
    );
  }
  if (step.format === "md" || step.format === "table") {
    const { markdownOf, textOf } = await import("./document.ts");
    return step.print(step.format === "md" ? markdownOf(told, subject) : textOf(told, subject));
  }
  step.emit(told.types);
  for (const one of told.trace) step.emit(one);
  for (const one of told.episodes) step.emit(one);
  step.emit(told.evaluated);
}
