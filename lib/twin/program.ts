/**
 * The program of a twin: all genes of a template with its world, bundled once, for any number of runs.
 *
 * @module
 */

import type { Pool } from "../genome/pool.ts";
import { joinProgram } from "../isolation/artifact.ts";
import { projectRoot } from "../run/paths.ts";
import { Stages } from "../step/stages.ts";
import { readData } from "../template/data_files.ts";
import { dataLine } from "../template/data_line.ts";
import { poolOf } from "../template/read_pool.ts";
import { readTemplate } from "../template/template_files.ts";
import { inTemplate } from "../toolchain/admit.ts";
import { bundleModule } from "../toolchain/carrier.ts";
import type { PoolPrograms } from "../toolchain/pool_programs.ts";
import { OwnWorkshop } from "../toolchain/unsigned.ts";
import { type Issue, Misuse } from "../util/issue.ts";
import { SweptFolder } from "../util/swept_folder.ts";

/** What twins are made from: plain data, which Workers are given. */
export interface TwinProgram {
  /** What its genomes are of. */
  readonly pool: Pool;
  /** JavaScript; see `realm_main.ts`. */
  readonly text: string;
  /** The line of the world's data in UTF-8, in memory that all Workers share; absent where there is none. */
  readonly data?: Uint8Array<SharedArrayBuffer>;
}

/** How a program is made. */
export interface ProgramOptions {
  readonly signal?: AbortSignal;
  /** Where times are noted. */
  readonly stages?: Stages;
}

/** What a twin's program begins with. */
const carrier = { path: "lib/twin/realm_main.ts", start: "twin" } as const;

/**
 * Reads, audits, checks and bundles a template.
 *
 * What it makes on the way lies in a folder of its own, which is gone when it ends. Needs read permission for the template and
 * `lib/`, write permission for `.try`, and run permission for `/bin/sh`.
 *
 * @param template The absolute path of the template.
 * @throws {Misuse} If the template can't be used; the message names file and line.
 * @throws {StepFailed} If a tool can't do its work.
 */
export async function twinProgram(
  template: string,
  { signal = new AbortController().signal, stages = new Stages() }: ProgramOptions = {},
): Promise<TwinProgram> {
  const [data, files] = await Promise.all([readData(template), readTemplate(template)]);
  const line = data.length === 0 ? undefined : await dataLine(data, template, signal);
  const pool = await poolOf(files, template, undefined, signal, data.map(({ path, hash }) => ({ path, hash })));
  await using folder = await SweptFolder.make(`${projectRoot}/.try`);
  const workshop = await OwnWorkshop.open(folder.path, files, pool, { stages, signal });
  // One after the other: both write in the folder.
  const genes = await workshop.genes();
  if (typeof genes !== "string") throw refused(genes, template);
  const mistyped = await workshop.types();
  if (mistyped) throw refused(mistyped, template);
  return await programOf({ pool, genes, line }, signal);
}

/**
 * The program of a run's present pool, from its signed kit: nothing is checked or bundled anew but what carries it.
 *
 * Needs read permission for the store, and run permission for `/bin/sh`.
 *
 * @param programs Those of the present pool.
 * @throws {StepFailed} If it is not built, or a tool can't do its work.
 */
export async function runProgram(pool: Pool, programs: PoolPrograms, signal: AbortSignal): Promise<TwinProgram> {
  const [genes, data] = [await programs.genes(), await programs.data()];
  if (genes === "lost" || data === "lost") throw new Error("the present pool has its genes and its data");
  return await programOf({ pool, genes, line: data?.line }, signal);
}

async function programOf(
  { pool, genes, line }: { readonly pool: Pool; readonly genes: string; readonly line: string | undefined },
  signal: AbortSignal,
): Promise<TwinProgram> {
  const text = joinProgram(carrier.start, await bundleModule(carrier.path, signal), genes);
  return { pool, text, ...(line !== undefined && { data: shared(line) }) };
}

function refused(issue: Issue, template: string): Misuse {
  return new Misuse(inTemplate(issue, template));
}

function shared(line: string): Uint8Array<SharedArrayBuffer> {
  const bytes = new TextEncoder().encode(line);
  const held = new Uint8Array(new SharedArrayBuffer(bytes.length));
  held.set(bytes);
  return held;
}
