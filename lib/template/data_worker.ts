/**
 * The worker that reads files of data: whatever they hold, the step hears what is said to it meanwhile.
 *
 * @module
 */

import { bad, good, type Result } from "../util/issue.ts";
import { serve } from "../step/worker.ts";
import { DataError, parseData } from "./parse_data.ts";

/** A file of data to read. */
export interface DataBytes {
  /** Path within the template. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The JSON of what a file of data holds, or what is wrong with it. */
export function handle({ path, bytes }: DataBytes): Promise<Result<string>> {
  try {
    return Promise.resolve(good(JSON.stringify(parseData(path, bytes))));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const place = error.line === undefined ? path : `${path}:${error.line}`;
    return Promise.resolve(bad(error.code, error.message, place));
  }
}

serve(handle);
