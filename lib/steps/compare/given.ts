/**
 * The genomes of arms that do not search.
 *
 * @module
 */

import { givenGenome, mostGiven } from "../../agents/given_genome.ts";
import { allGenes } from "../../genome/all_genes.ts";
import { fitToPool } from "../../genome/fit.ts";
import { link } from "../../genome/link.ts";
import type { Pool } from "../../genome/pool.ts";
import { toBytes } from "../../runtime/genome_bytes.ts";
import { infoOf, readFileLimited } from "../../util/files.ts";
import { Misuse } from "../../util/issue.ts";

/** The file of a template that has its hand-made genome. */
const file = "reference.json";

/** All genes with their parameters at their defaults; undefined where that does not link. */
export function genomeOfAll(pool: Pool): Uint8Array<ArrayBuffer> | undefined {
  const genome = allGenes(pool);
  return link(genome, pool) ? undefined : new Uint8Array(toBytes(genome));
}

/**
 * The hand-made genome of a template, undefined where it has none.
 *
 * Needs read permission for the template.
 *
 * @throws {Misuse} If the file is no genome, or one that the template can't have.
 */
export async function handMade(template: string, pool: Pool): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const path = `${template}/${file}`;
  if (infoOf(path) === undefined) return undefined;
  const given = givenGenome(await readFileLimited(path, mostGiven, { follow: true }), pool);
  if (!given.ok) throw unusable(path, given.issue.message);
  const fitted = fitToPool(given.value, pool, new Set());
  if (!fitted.ok) throw unusable(path, fitted.issue.message);
  const lethal = link(fitted.value.genome, pool);
  if (lethal) throw unusable(path, lethal.message);
  return new Uint8Array(toBytes(fitted.value.genome));
}

function unusable(path: string, message: string): Misuse {
  return new Misuse({
    code: "compare.reference",
    message: `Cannot use ${path} as the hand-made genome: ${message}`,
    path,
  });
}
