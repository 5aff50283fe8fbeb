/**
 * Which agents descend from which: founders' clades over time.
 *
 * An agent belongs to the clade of the parent that gave it genome and artifact, so each has one founder.
 *
 * @module
 */

import type { BranchReport, GeneChanges, LineageReport } from "../../records/report_lineage.ts";
import type { Listing } from "../../db/listing.ts";
import { parentsOf } from "../../db/parents.ts";
import type { Expression } from "../../genome/expression.ts";
import { geneChanges, readAncestry } from "./ancestry.ts";
import { findBranches } from "./branches.ts";
import { type Family, readFamily } from "./family.ts";

/** How many clades are shown one by one. */
export const cladesShown = 8;

/**
 * Reads the lineage; holds a few numbers for each agent and no texts.
 *
 * @param cycle The last cycle.
 * @param best The best agent with its genome; absent where there is none.
 */
export function readLineage(
  listing: Listing,
  cycle: number,
  expression: Expression,
  best?: { readonly id: string; readonly genomeHash: string },
): LineageReport {
  const family = readFamily(listing, cycle);
  const clades = findClades(family);
  const { founders, founder, active, time } = clades;
  const largest = founders.toSorted((a, b) => active[b]! - active[a]! || time[b]! - time[a]! || a - b)
    .slice(0, cladesShown);
  const shown = new Map(largest.map((one) => [one, new Timeline(cycle)]));
  const alive = new Timeline(cycle), surviving = new Timeline(cycle);
  for (let i = 0; i < family.length; i++) {
    alive.add(family.born[i]!, family.until[i]!);
    shown.get(founder[i]!)?.add(family.born[i]!, family.until[i]!);
  }
  for (const one of founders) surviving.add(family.born[one]!, clades.until[one]!);
  const total = active.reduce((sum, count) => sum + count, 0);
  return {
    founders: founders.length,
    surviving: founders.filter((one) => active[one]! > 0).length,
    ...generationsOf(family, total),
    commonAncestor: agentAt(listing, lastCommon(family, total)),
    alive: alive.sums(),
    clades: surviving.sums(),
    largest: largest.map((one) => ({
      founder: listing.get<{ id: string }>("SELECT id FROM agents WHERE ordinal = ?", one)!.id,
      ordinal: one,
      active: active[one]!,
      share: total === 0 ? 0 : active[one]! / total,
      members: clades.members[one]!,
      depth: clades.depth[one]!,
      alive: shown.get(one)!.sums(),
    })),
    branches: readBranches(listing, family, cycle, expression),
    ...(best && { ancestry: readAncestry(listing, expression, best.id, best.genomeHash) }),
  };
}

function readBranches(listing: Listing, family: Family, cycle: number, expression: Expression): BranchReport[] {
  const { branches, branch } = findBranches(family, cladesShown);
  const shown = new Map(branches.map(({ root }) => [root, { active: 0, timeline: new Timeline(cycle) }]));
  for (let i = 0; i < family.length; i++) {
    const one = shown.get(branch[i]!);
    if (!one) continue;
    one.active += family.active[i]!;
    one.timeline.add(family.born[i]!, family.until[i]!);
  }
  return branches.map(({ root, from }) => {
    const { id, born, generation } = agentAt(listing, root)!;
    const { active, timeline } = shown.get(root)!;
    const changes = changesOf(listing, expression, id);
    return {
      root: id,
      born,
      generation,
      from: agentAt(listing, from)?.id ?? null,
      ...(changes && { changes }),
      active,
      alive: timeline.sums(),
    };
  });
}

/** What the birth of an agent changed, if it has not changed itself since. */
function changesOf(listing: Listing, expression: Expression, id: string): GeneChanges | undefined {
  const [parent] = parentsOf(listing, id);
  const { genome } = listing.get<{ genome: string }>("SELECT genome_hash AS genome FROM agents WHERE id = ?", id)!;
  return parent && geneChanges(listing, expression, parent.genomeHash, genome);
}

/** For each agent its founder; for each founder what its clade comes to. */
function findClades({ length, parent, born, until, generation, active }: Family) {
  const founder = new Int32Array(length), members = new Int32Array(length), depth = new Int32Array(length);
  const last = new Int32Array(length), living = new Int32Array(length), time = new Float64Array(length);
  const founders: number[] = [];
  for (let i = 0; i < length; i++) {
    const root = parent[i]! < 0 ? i : founder[parent[i]!]!;
    if (root === i) founders.push(i);
    founder[i] = root;
    members[root]!++;
    depth[root] = Math.max(depth[root]!, generation[i]!);
    last[root] = Math.max(last[root]!, until[i]!);
    living[root]! += active[i]!;
    time[root]! += Math.max(0, until[i]! - born[i]!);
  }
  return { founder, founders, members, depth, until: last, active: living, time };
}

function generationsOf({ length, generation, active }: Family, total: number) {
  let sum = 0, depth = 0;
  for (let i = 0; i < length; i++) {
    if (active[i] === 0) continue;
    sum += generation[i]!;
    depth = Math.max(depth, generation[i]!);
  }
  return { meanGeneration: total === 0 ? null : sum / total, depth };
}

/** Parents come before their children, so the last agent that has all active ones below it is the latest ancestor. */
function lastCommon({ length, parent, active }: Family, total: number): number {
  const below = Int32Array.from(active);
  for (let i = length - 1; i >= 0 && total > 0; i--) {
    if (below[i] === total) return i;
    if (parent[i]! >= 0) below[parent[i]!]! += below[i]!;
  }
  return -1;
}

function agentAt(listing: Listing, ordinal: number): LineageReport["commonAncestor"] {
  if (ordinal < 0) return null;
  return listing.get("SELECT id, generation, born FROM agents WHERE ordinal = ?", ordinal) ?? null;
}

/** Counts agents that are alive by cycle, from their births and deaths. */
class Timeline {
  readonly #changes: Float64Array;

  constructor(cycle: number) {
    this.#changes = new Float64Array(cycle + 1);
  }

  add(born: number, until: number): void {
    if (until <= born || born >= this.#changes.length) return;
    this.#changes[born]!++;
    if (until < this.#changes.length) this.#changes[until]!--;
  }

  sums(): number[] {
    let sum = 0;
    return Array.from(this.#changes, (change) => sum += change);
  }
}
