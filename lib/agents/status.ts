/**
 * Tells the state of every agent, as it stands in the listing.
 *
 * @module
 */

import type { Counts, StepContext } from "../step/context.ts";
import { Listing } from "./listing.ts";

interface StatusRow {
  readonly id: string;
  readonly status: "active" | "disabled" | "dead";
  readonly reason: string | null;
  readonly generation: number;
  readonly parents: string;
  readonly genomeHash: string;
  readonly codeHash: string;
  readonly buildHash: string | null;
  readonly score: number | null;
  readonly scoredGenomeHash: string | null;
  readonly energy: number;
  readonly crashes: number;
}

const query = `
SELECT id, status, reason, generation, parents, genome_hash AS genomeHash, code_hash AS codeHash,
  build_hash AS buildHash, score, scored_genome_hash AS scoredGenomeHash, energy, crashes
FROM agents ORDER BY ordinal`;

/**
 * Emits one `agent.status` for each agent, living and dead, in the order of their creation.
 *
 * Takes no lock: it reads one state of the listing, also while a step writes the next one.
 * Needs read and write permission for the listing.
 */
export function status(step: StepContext): Counts {
  using listing = Listing.open(step.paths.listing);
  const counts = { agents: 0, active: 0, disabled: 0, dead: 0 };
  for (const row of listing.rows<StatusRow>(query)) {
    if (step.signal.aborted) break;
    if (step.ids && !step.ids.has(row.id)) continue;
    counts.agents++;
    counts[row.status]++;
    step.emit({ type: "agent.status", ...row, ok: true, parents: JSON.parse(row.parents) });
  }
  return { acted: 0, ...counts };
}
