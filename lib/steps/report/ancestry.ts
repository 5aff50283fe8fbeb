/**
 * The line of ancestors of the best agent, and what each birth changed.
 *
 * @module
 */

import type { AncestorReport, GeneChanges } from "../../records/report_lineage.ts";
import type { Listing } from "../../db/listing.ts";
import { parentsOf } from "../../db/parents.ts";
import type { Expression } from "../../genome/expression.ts";

/** How many ancestors are listed. */
const most = 100;

/**
 * An agent and those before it that gave their genomes, the agent first, at most a hundred.
 *
 * @param genomeHash The genome for which the agent is the best.
 */
export function readAncestry(
  listing: Listing,
  expression: Expression,
  id: string,
  genomeHash: string,
): AncestorReport[] {
  const line: AncestorReport[] = [];
  for (let next: { id: string; genomeHash: string } | undefined = { id, genomeHash }; next && line.length < most;) {
    const row = listing.get<{ born: number; generation: number; kind: string }>(
      "SELECT born, generation, kind FROM agents WHERE id = ?",
      next.id,
    );
    if (!row) break;
    const [first] = parentsOf(listing, next.id);
    const changes = first && geneChanges(listing, expression, first.genomeHash, next.genomeHash);
    line.push({ id: next.id, ...row, ...(changes && { changes }) });
    next = first;
  }
  return line;
}

/** Genes that a genome has gained and lost, and how many parameters it has changed; undefined where one of the two is not kept. */
export function geneChanges(
  listing: Listing,
  expression: Expression,
  before: string,
  after: string,
): GeneChanges | undefined {
  const [had, has] = [before, after].map((hash) => expression.of(hash, () => listing.blob(hash)));
  if (!had || !has) return undefined;
  const names = (now: 0 | 1) =>
    expression.genes.filter((_, i) => has.genes[i] === now && had.genes[i] !== now).map(({ name }) => name);
  const parameters = expression.parameters.filter(({ file }, i) => {
    const [x, y] = [had.parameters[i]!, has.parameters[i]!];
    return has.files[file] === 1 && x !== y && !(Number.isNaN(x) && Number.isNaN(y));
  });
  return { gained: names(1), lost: names(0), parameters: parameters.length };
}

/** The cycle in which a genome was first judged, as far as that is kept; else the one in which its agent was born. */
export function foundIn(
  listing: Listing,
  { id, genomeHash }: { readonly id: string; readonly genomeHash: string },
): number {
  const { judged, born } = listing.get<{ judged: number | null; born: number }>(
    `SELECT (SELECT min(cycle) FROM evaluations WHERE genome_hash = ?1 AND kind = 'judged') AS judged, born
      FROM agents WHERE id = ?2`,
    genomeHash,
    id,
  )!;
  return judged ?? born;
}
