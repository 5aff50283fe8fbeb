/**
 * A field that is open: genomes of one pool are cut, run apart and judged in it.
 *
 * @module
 */

import type { Entrant } from "../db/races.ts";
import type { Listing } from "../db/listing.ts";
import { EntrantPrograms, Field, type FieldParts, type Runnable, type RunnableGenome } from "../evaluation/field.ts";
import { decodeGenome } from "../genome/codec.ts";
import { ProcessIsolation } from "../isolation/process.ts";
import type { Sandbox } from "../isolation/launcher.ts";
import type { RunPaths } from "../run/paths.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import { SweptFolder } from "../util/swept_folder.ts";
import type { PoolPrograms } from "./pool_programs.ts";

/** What a field is opened with. */
export interface OpenFieldParts extends Omit<FieldParts, "isolation" | "judge"> {
  readonly paths: RunPaths;
  readonly programs: PoolPrograms;
  readonly sandbox: Sandbox;
  /** Processes at once. */
  readonly workers: number;
}

/** A field with all that has to be ended when it is left. */
export interface OpenField extends AsyncDisposable {
  readonly field: Field;
  /** Takes in what was cut. */
  add(entrants: readonly RunnableGenome[]): void;
}

/**
 * Opens a field. Needs write permission for `workspace/race/`, and run permission for `/bin/sh`.
 *
 * @param parts What is present of the pool, not a former one.
 * @throws {StepFailed} If the pool is not built.
 */
export async function openField({ programs, sandbox, paths, workers, ...parts }: OpenFieldParts): Promise<OpenField> {
  const data = await programs.data();
  const judge = data === "lost" ? "lost" : await programs.judge(parts.config, sandbox, data);
  if (data === "lost" || judge === "lost") throw new Error("the present pool has its data and its judge");
  await using stack = new AsyncDisposableStack();
  stack.use(judge);
  const entrants = new EntrantPrograms(stack.use(await SweptFolder.make(`${paths.workspace}/race`)).path);
  const isolation = stack.use(new ProcessIsolation(entrants, sandbox, workers, { data }));
  const field = new Field({ ...parts, isolation, judge });
  const opened = stack.move();
  return {
    field,
    add: (some) => entrants.add(some),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** Entrants whose genome can be read, with their programs; what of the present pool is missing is for `build` to make. */
export async function runnable(
  listing: Listing,
  programs: PoolPrograms,
  entrants: readonly Entrant[],
): Promise<Runnable[]> {
  const found: Runnable[] = [];
  for (const entrant of entrants) {
    const bytes = listing.blob(entrant.genomeHash);
    const genome = bytes && decodeGenome(bytes);
    const cut = genome?.ok ? await cutOf(programs, entrant, { bytes: bytes!, genome: genome.value }) : undefined;
    if (cut) found.push(cut);
  }
  return found;
}

/** A genome with its program; undefined where that is of a former pool and not kept. */
export async function cutOf(
  programs: PoolPrograms,
  entrant: Entrant,
  own: { readonly bytes: Uint8Array; readonly genome: Genome },
): Promise<Runnable | undefined> {
  const cut = await programs.cut(own.genome);
  return cut === "lost" ? undefined : { ...entrant, ...cut, ...own };
}
