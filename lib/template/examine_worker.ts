/**
 * The worker that reads source files: whatever they hold, the step hears what is said to it meanwhile.
 *
 * @module
 */

import { type ExaminedSource, examineSource } from "../source/examine.ts";
import { serve } from "../step/worker.ts";

/** A source file to read. */
export interface SourceText {
  /** Path within the template. */
  readonly path: string;
  readonly text: string;
}

/** Reads and audits a source file; see {@linkcode examineSource}. */
export async function handle({ path, text }: SourceText): Promise<ExaminedSource> {
  return await examineSource(path, text);
}

serve(handle);
