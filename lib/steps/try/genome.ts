/**
 * The genome that is tried.
 *
 * @module
 */

import { findJudged } from "../../db/best_agent.ts";
import { Listing } from "../../db/listing.ts";
import { allGenes } from "../../genome/all_genes.ts";
import { controlGenome } from "../../genome/control.ts";
import { fitToPool } from "../../genome/fit.ts";
import { link } from "../../genome/link.ts";
import type { Pool } from "../../genome/pool.ts";
import type { RunPaths } from "../../run/paths.ts";
import { fromBytes } from "../../runtime/genome_bytes.ts";
import type { Genome } from "../../runtime/genome_schema.ts";
import { KnownPools } from "../../template/known_pools.ts";
import { presentPool } from "../../template/template.ts";
import { isFile, readFileLimited } from "../../util/files.ts";
import { type Issue, Misuse } from "../../util/issue.ts";
import { errnoOf, isOfOnePath } from "../../util/system_error.ts";
import { placeOfGene } from "./place.ts";

/** Which genome is asked for: all genes, none, that of an agent, or one in a file. */
export type GenomeChoice =
  | { readonly of: "all" | "none" }
  | { readonly of: "agent"; readonly id: string }
  | { readonly of: "file"; readonly path: string };

/** What a choice is called in records and on screens. */
export function choiceName(choice: GenomeChoice): string {
  return choice.of === "agent" ? choice.id : choice.of === "file" ? choice.path : choice.of;
}

/**
 * The genome, fitted to the pool.
 *
 * Needs read permission for the file, or for the listing and the run's pools.
 *
 * @param folder The template, for messages.
 * @param say Tells what of it is passed over.
 * @throws {Misuse} If there is none, or it can't be used with this pool.
 */
export async function chosenGenome(
  choice: GenomeChoice,
  pool: Pool,
  folder: string,
  paths: RunPaths,
  say: (text: string) => void,
): Promise<Genome> {
  switch (choice.of) {
    case "none":
      return fromBytes(controlGenome(pool)) as Genome;
    case "all":
      return allGenes(pool);
    case "file":
      return fitted(await readGenome(choice.path, pool), pool, folder, new Set(), say);
    case "agent": {
      const { genome, known } = await agentGenome(choice.id, paths);
      return fitted(genome, pool, folder, known, say);
    }
  }
}

/**
 * @param known Names that other pools had, which are passed over.
 */
function fitted(
  genome: Genome,
  pool: Pool,
  folder: string,
  known: ReadonlySet<string>,
  say: (text: string) => void,
): Genome {
  const result = fitToPool(genome, pool, known);
  if (!result.ok) throw unfit(result.issue, folder);
  const { ignored } = result.value;
  if (ignored.length > 0) {
    say(
      `the template has changed since: ${ignored.length} ${ignored.length === 1 ? "name" : "names"} of the genome ` +
        `that it lacks, or has in another range, ${ignored.length === 1 ? "is" : "are"} passed over, such as ${
          ignored[0]
        }.`,
    );
  }
  const lethal = link(result.value.genome, pool);
  if (lethal) throw unfit({ ...lethal, path: placeOfGene(lethal.path!, pool, folder) }, folder);
  return result.value.genome;
}

function unfit({ message, ...issue }: Issue, folder: string): Misuse {
  return new Misuse({ ...issue, message: `Cannot try the genome with ${folder}: ${message.replace(/\.$/, "")}.` });
}

async function readGenome(path: string, pool: Pool): Promise<Genome> {
  const { givenGenome, mostGiven } = await import("../../agents/given_genome.ts");
  let bytes: Uint8Array;
  try {
    bytes = await readFileLimited(path, mostGiven, { follow: true });
  } catch (error) {
    if (!isOfOnePath(error)) throw error;
    throw new Misuse({
      code: "try.genome",
      message: `Cannot read the genome as ${path} must be a file that can be read: ${errnoOf(error)}.`,
      path,
    }, { cause: error });
  }
  const given = givenGenome(bytes, pool);
  if (given.ok) return given.value;
  throw new Misuse({ ...given.issue, message: `Cannot use ${path}: ${given.issue.message}`, path });
}

/** The genome that an agent is judged by, and all names that the pools of its run had. */
async function agentGenome(id: string, paths: RunPaths): Promise<{ genome: Genome; known: ReadonlySet<string> }> {
  if (!isFile(paths.listing)) throw noRun(id);
  const { keptGenome } = await import("../../agents/kept_genome.ts");
  using listing = Listing.open(paths.listing, { readOnly: true });
  const judged = findJudged(listing, [id]);
  const genome = keptGenome(listing, judged.genomeHash);
  if (!genome) {
    throw new Misuse({
      code: "try.genome",
      message: `Cannot try ${judged.id} as its genome must be kept: it died long ago, and retention has dropped it.`,
      path: judged.id,
    });
  }
  return { genome, known: await new KnownPools(paths, presentPool(listing)).allNames() };
}

function noRun(id: string): Misuse {
  return new Misuse({
    code: "try.genome",
    message:
      `Cannot find the genome ${JSON.stringify(id)} as it must be all, none, a file with a dot or a slash in its ` +
      "name, or an agent of a run: there is no run here. Name one by --run.",
  });
}
