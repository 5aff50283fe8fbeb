/**
 * Whether configuration and key can be used.
 *
 * @module
 */

import { infoOf } from "../../util/files.ts";
import { loadConfig } from "../../run/config.ts";
import { bad, Misuse } from "../../util/issue.ts";
import type { Finding, Inspection } from "../../agents/inspection.ts";

/** Finds a configuration that is not valid, and a key that is gone: neither can be made up. */
export async function* checkConfig({ paths }: Inspection): AsyncGenerator<Finding> {
  try {
    await loadConfig(paths);
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    yield { id: null, issue: error.issue };
  }
  if (infoOf(paths.publicKey)?.isFile) return;
  yield {
    ...bad("keys.missing", "There is no key to prove artifacts with; run `deno task key`.", paths.publicKey),
    id: null,
  };
}
