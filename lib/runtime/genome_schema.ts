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

/** A parameter: a boolean is 0 or 1, a choice the index of its option. */
const value = z.union([z.number(), z.array(z.number()).min(1)], "must be a finite number, or a list of such numbers");

const fileSchema = z.strictObject({
  /** Path within the template, such as `src/neural.ts`. */
  path: z.string().regex(filePath, "must be the path of a gene file such as src/rl.ts"),
  /** A file that is off silences its functions; their own flags stay. */
  active: z.boolean(),
  functions: z.record(name, z.boolean()).refine(
    (record) => Object.keys(record).length <= poolLimits.functions,
    `must have at most ${poolLimits.functions} functions`,
  ),
  parameters: z.record(name, value).refine(
    (record) => Object.keys(record).length <= poolLimits.parameters,
    `must have at most ${poolLimits.parameters} parameters`,
  ).refine(
    (record) => numbersIn(record) <= poolLimits.numbers,
    `must have at most ${poolLimits.numbers} numbers in its parameters`,
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

function numbersIn(parameters: Readonly<Record<string, number | readonly number[]>>): number {
  let count = 0;
  for (const held of Object.values(parameters)) count += typeof held === "number" ? 1 : held.length;
  return count;
}
