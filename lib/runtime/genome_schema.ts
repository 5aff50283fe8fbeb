/**
 * The shape of a genome: the one source of its type and of its checks.
 *
 * Whether the names are those of a pool is another question: see `fit.ts`.
 *
 * @module
 */

import { z } from "zod";
import { filePath, geneName, poolLimits } from "./names.ts";

const name = z.string().regex(geneName, "must be an ASCII identifier of at most 64 characters")
  .refine((text) => !(text in Object.prototype), "must not be a name that every object has");

const fileSchema = z.strictObject({
  /** Path within the template, such as `src/neural.ts`. */
  path: z.string().regex(filePath, "must be the path of a gene file such as src/rl.ts"),
  /** A file that is off silences its functions; their own flags stay. */
  active: z.boolean(),
  functions: z.record(name, z.boolean()).refine(
    (record) => Object.keys(record).length <= poolLimits.functions,
    `must have at most ${poolLimits.functions} functions`,
  ),
  parameters: z.record(name, z.number()).refine(
    (record) => Object.keys(record).length <= poolLimits.parameters,
    `must have at most ${poolLimits.parameters} parameters`,
  ),
});

/** The shape of a genome. */
export const genomeSchema = z.strictObject({
  version: z.literal(1),
  files: z.array(fileSchema).max(poolLimits.files).refine(
    (files) => new Set(files.map((file) => file.path)).size === files.length,
    "must not name a file twice",
  ),
});

/** What an agent is made of: which files and functions of its source are active, and its numeric genes. */
export type Genome = z.infer<typeof genomeSchema>;

/** One file's part of a genome. */
export type GenomeFile = Genome["files"][number];
