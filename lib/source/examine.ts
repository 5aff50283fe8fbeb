/**
 * All that is looked at in a source file before any of it runs: facts and audit, from one parse.
 *
 * @module
 */

import type { Issue } from "../util/issue.ts";
import { auditSource } from "./audit.ts";
import { factsOf, type SourceFacts } from "./facts.ts";
import { parseSource } from "./parse.ts";

/** A source file with what is wrong with it. */
export interface ExaminedSource {
  /** Absent where they can't be read. */
  readonly facts?: SourceFacts;
  /** Empty where the file can be used. */
  readonly issues: readonly Issue[];
}

/**
 * Reads and audits one source file.
 *
 * @param path Path within the template: `src/*.ts` or `world.ts`.
 * @param text Content of the file.
 */
export async function examineSource(path: string, text: string): Promise<ExaminedSource> {
  const parsed = parseSource(path, text);
  if (!parsed.ok) return { issues: [parsed.issue] };
  const issues = auditSource(parsed.value);
  const facts = await factsOf(parsed.value);
  return facts.ok ? { facts: facts.value, issues } : { issues: [...issues, facts.issue] };
}
