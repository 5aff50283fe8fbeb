/**
 * What is demanded of records that another process wrote. Loaded where such are read: a step that reads none need not
 * load `zod`.
 *
 * @module
 */

import { z } from "zod";
import type { Issue } from "../util/issue.ts";
import type { StepFinished } from "./finished.ts";
import type { RecordOf } from "./record.ts";

const longestId = 128;
const anId = 'an "id" that is an agent\'s id or null';

/** A record on stdin, as far as a step looks at it; what is wrong is said as what was expected. */
export const stdinRecord = z.object({
  id: z.string({ error: ({ input }) => input === undefined ? 'an object with an "id"' : anId })
    .max(longestId, anId).nullable(),
  ok: z.boolean('"ok" to be true or false').optional(),
}, "a JSON object");

/** A record that a chain reads of a step, as far as it is looked at. */
export type ChildRecord =
  & RecordOf<string, string | null>
  & Pick<StepFinished, "counts" | "durations" | "configured" | "conditions">;

const issue: z.ZodType<Issue> = z.lazy(() =>
  z.object({
    code: z.string(),
    message: z.string(),
    path: z.string().optional(),
    issue: issue.optional(),
    findings: z.array(issue).optional(),
  })
);

/** A record of a step that a chain has started. */
export const childRecord: z.ZodType<ChildRecord> = z.object({
  type: z.string(),
  id: z.string().nullable(),
  ok: z.boolean(),
  issue: issue.optional(),
  counts: z.object({ updates: z.number() }).catchall(z.number()).optional(),
  durations: z.record(z.string(), z.number()).optional(),
  configured: z.string().optional(),
  conditions: z.string().optional(),
});
