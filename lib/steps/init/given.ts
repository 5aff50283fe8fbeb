/**
 * Genomes that a run is to begin with: read, and fitted to what its template offers. Loaded only where some are given.
 *
 * @module
 */

import { givenGenome, mostGiven } from "../../agents/given_genome.ts";
import { keptGenome } from "../../agents/kept_genome.ts";
import { findJudged } from "../../db/best_agent.ts";
import { Listing } from "../../db/listing.ts";
import { fitToPool, genomeNames, poolNames } from "../../genome/fit.ts";
import { link } from "../../genome/link.ts";
import type { Pool } from "../../genome/pool.ts";
import { projectRoot, runPaths } from "../../run/paths.ts";
import { toBytes } from "../../runtime/genome_bytes.ts";
import type { Genome } from "../../runtime/genome_schema.ts";
import type { GenomeSource } from "../../step/genome_source.ts";
import { withRun } from "../../step/hint.ts";
import { KnownPools } from "../../template/known_pools.ts";
import { presentPool } from "../../template/template.ts";
import { isFile, readFileLimited } from "../../util/files.ts";
import { type Issue, Misuse, StepFailed } from "../../util/issue.ts";
import { nearest } from "../../util/nearest.ts";
import { errnoOf, isOfOnePath, UnfitFile } from "../../util/system_error.ts";

/** A genome that was given, as it was found. */
export interface FoundGenome {
  /** Where it comes from: the whole path of a file, or `RUN:ID` with the id in full. */
  readonly from: string;
  readonly genome: Genome;
  /** Names that the pools of the run had which it comes from: what of them a template lacks is passed over. */
  readonly known: ReadonlySet<string>;
}

/** A genome fitted to a pool. */
export interface GivenGenome {
  readonly from: string;
  readonly bytes: Uint8Array;
  /** What of it the template lacks, or has in a narrower range. */
  readonly ignored: readonly string[];
  /** What the template offers and it says nothing of: files, and what there is in those that it has. */
  readonly missing: readonly string[];
}

/**
 * Reads a genome.
 *
 * Needs read permission for the file, or for the run's listing and pools.
 *
 * @param pool What the values of a genome are read by that is told as JSON.
 * @throws {Misuse} If there is none.
 */
export async function findGenome(source: GenomeSource, pool: Pool): Promise<FoundGenome> {
  return source.kind === "file" ? await inFile(source.path, pool) : await ofAgent(source.run, source.id);
}

async function inFile(path: string, pool: Pool): Promise<FoundGenome> {
  let bytes: Uint8Array;
  try {
    bytes = await readFileLimited(path, mostGiven, { follow: true });
  } catch (error) {
    if (!isOfOnePath(error)) throw error;
    const why = error instanceof UnfitFile
      ? error.why
      : errnoOf(error) === "ENOENT"
      ? "there is no such file"
      : error.message;
    throw unusable(path, `it must be a file with a genome, or RUN:ID, such as mine:best: ${why}`, error);
  }
  const given = givenGenome(bytes, pool);
  if (given.ok) return { from: path, genome: given.value, known: new Set() };
  throw new Misuse({ ...given.issue, message: `Cannot begin with ${path}. ${given.issue.message}`, path });
}

async function ofAgent(name: string | undefined, id: string): Promise<FoundGenome> {
  const paths = runPaths(name);
  const place = `${name ?? ""}:${id}`;
  if (!isFile(paths.listing)) throw noRun(name, place);
  try {
    using listing = Listing.open(paths.listing, { readOnly: true });
    const judged = findJudged(listing, [id]);
    const genome = keptGenome(listing, judged.genomeHash);
    if (!genome) throw unusable(place, "retention has dropped its genome; `retention.cycles` says how long it is kept");
    const known = await new KnownPools(paths, presentPool(listing)).allNames();
    return { from: `${name ?? ""}:${judged.id}`, genome, known };
  } catch (error) {
    if (!(error instanceof Misuse || error instanceof StepFailed)) throw error;
    // Its commands are about the run that it comes from.
    const message = withRun(error.issue.message, name);
    throw new Misuse({ ...error.issue, message: `Cannot begin with ${place}: ${message}` }, { cause: error });
  }
}

function noRun(name: string | undefined, place: string): Misuse {
  const runs = name === undefined ? [] : runNames();
  const near = name === undefined ? undefined : nearest(name, runs);
  const what = name === undefined ? "no run at the top of the project" : `no run ${name}`;
  const hint = near === undefined ? "" : `; the nearest one is ${near}`;
  return unusable(place, `there is ${what}${hint}`);
}

function runNames(): string[] {
  try {
    return [...Deno.readDirSync(`${projectRoot}/runs`)].map(({ name }) => name)
      .filter((name) => isFile(`${projectRoot}/runs/${name}/workspace/listing.db`)).sort();
  } catch {
    return [];
  }
}

function unusable(place: string, why: string, cause?: unknown): Misuse {
  return new Misuse({ code: "from.genome", message: `Cannot begin with ${place} as ${why}.`, path: place }, { cause });
}

/**
 * Fits a genome to a pool as those of a run are fitted whose template has changed, but that nothing may be left of it, or
 * not link.
 *
 * @param former Names that former pools of the run had which begins with it.
 * @throws {Misuse} If it does not fit.
 */
export function fitGiven({ from, genome, known }: FoundGenome, pool: Pool, former: ReadonlySet<string>): GivenGenome {
  const offered = new Set(poolNames(pool));
  const own = new Set(genomeNames(genome));
  const isUnknown = (name: string) => !offered.has(name) && !known.has(name) && !former.has(name);
  // Of a file that is unknown as a whole, its name says it.
  const unknown = [...own].filter((name) => isUnknown(name) && (name === fileOf(name) || !isUnknown(fileOf(name))));
  if (unknown.length > 0) {
    throw unfit(from, {
      code: "genome.unknown",
      message: `the template has no ${some(unknown)}; give the template that it is of by --template`,
    });
  }
  if (!genome.files.some((file) => file.active && hasActive(file, offered))) {
    throw unfit(from, {
      code: "genome.unknown",
      message: "the template has none of its active genes; give the template that it is of by --template",
    });
  }
  const fitted = fitToPool(genome, pool, new Set([...known, ...former]));
  if (!fitted.ok) throw unfit(from, fitted.issue);
  const lethal = link(fitted.value.genome, pool);
  if (lethal) throw unfit(from, lethal);
  const missing = [...offered].filter((name) => !own.has(name) && (name === fileOf(name) || own.has(fileOf(name))));
  return { from, bytes: toBytes(fitted.value.genome), ignored: fitted.value.ignored, missing };
}

function hasActive({ path, functions }: Genome["files"][number], offered: ReadonlySet<string>): boolean {
  return Object.keys(functions).some((name) => functions[name] && offered.has(`${path}#${name}`));
}

function fileOf(name: string): string {
  return name.split(/[#:]/, 1)[0]!;
}

function unfit(from: string, { message, ...issue }: Issue): Misuse {
  return new Misuse({
    ...issue,
    message: `Cannot begin with ${from} as it does not fit: ${message.replace(/\.$/, "")}.`,
  });
}

/** The first of some names, and how many more there are. */
export function some(names: readonly string[]): string {
  const more = names.length - 3;
  return names.slice(0, 3).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
