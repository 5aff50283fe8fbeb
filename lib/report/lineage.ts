/**
 * Who descends from whom: founders' clades over time.
 *
 * An agent belongs to the clade of the parent that gave it genome and artifact, so each has one founder.
 *
 * @module
 */

import type { Listing } from "../agents/listing.ts";

/** The descendants of one founder. */
export interface CladeReport {
  /** Id of the founder. */
  readonly founder: string;
  /** Its place in the order of creation, from 0. */
  readonly ordinal: number;
  /** Active agents in it now, and their share of all active ones. */
  readonly active: number;
  readonly share: number;
  /** All agents that ever belonged to it, the founder included. */
  readonly members: number;
  /** Greatest generation reached in it; founders are of generation 0. */
  readonly depth: number;
  /** Its members alive at the end of each cycle, from cycle 0. */
  readonly alive: readonly number[];
}

/** The lineage of a run. */
export interface LineageReport {
  readonly founders: number;
  /** Founders that have active descendants, or are active themselves. */
  readonly surviving: number;
  /** Mean and greatest generation of the active agents. */
  readonly meanGeneration: number | null;
  readonly depth: number;
  /** The latest agent that all active ones descend from or are; null where there is none. */
  readonly commonAncestor: { readonly id: string; readonly generation: number; readonly born: number } | null;
  /** Agents alive at the end of each cycle, from cycle 0, and in how many clades. */
  readonly alive: readonly number[];
  readonly clades: readonly number[];
  /** The largest clades: by what is active now, then by members over time. */
  readonly largest: readonly CladeReport[];
}

/** How many clades are told one by one. */
export const cladesShown = 8;

interface AgentRow {
  readonly ordinal: number;
  readonly parent: number | null;
  readonly born: number;
  readonly until: number | null;
  readonly generation: number;
  readonly active: number;
}

// `until`: the cycle at whose end it was no longer alive.
const agentsQuery = `
SELECT a.ordinal, p.ordinal AS parent, a.born, a.generation, a.status = 'active' AS active,
  CASE WHEN a.disabled_cycle IS NULL THEN a.died
    WHEN a.died IS NULL OR a.disabled_cycle < a.died THEN a.disabled_cycle ELSE a.died END AS until
FROM agents a LEFT JOIN agents p ON p.id = a.parents ->> '$[0].id' ORDER BY a.ordinal`;

/**
 * Reads the lineage in two passes over the agents; holds a few numbers for each and no texts.
 *
 * @param cycle The last cycle.
 */
export function readLineage(listing: Listing, cycle: number): LineageReport {
  const tree = readTree(listing, cycle);
  const largest = tree.founders.toSorted((a, b) =>
    tree.active[b]! - tree.active[a]! || tree.time[b]! - tree.time[a]! || a - b
  ).slice(0, cladesShown);
  const shown = new Map(largest.map((founder) => [founder, new Float64Array(cycle + 2)]));
  const alive = new Float64Array(cycle + 2);
  for (const row of listing.rows<AgentRow>(agentsQuery)) {
    live(alive, row, cycle);
    const clade = shown.get(tree.founder[row.ordinal]!);
    if (clade) live(clade, row, cycle);
  }
  const clades = new Float64Array(cycle + 2);
  for (const founder of tree.founders) live(clades, { born: 0, until: tree.until[founder]! }, cycle);
  const total = tree.totalActive;
  return {
    founders: tree.founders.length,
    surviving: tree.founders.filter((founder) => tree.active[founder]! > 0).length,
    meanGeneration: total === 0 ? null : tree.generations / total,
    depth: tree.depthActive,
    commonAncestor: agentAt(listing, tree.ancestor),
    alive: sums(alive, cycle),
    clades: sums(clades, cycle),
    largest: largest.map((founder) => ({
      founder: listing.get<{ id: string }>("SELECT id FROM agents WHERE ordinal = ?", founder)!.id,
      ordinal: founder,
      active: tree.active[founder]!,
      share: total === 0 ? 0 : tree.active[founder]! / total,
      members: tree.members[founder]!,
      depth: tree.depth[founder]!,
      alive: sums(shown.get(founder)!, cycle),
    })),
  };
}

function readTree(listing: Listing, cycle: number) {
  const length = listing.get<{ n: number }>("SELECT coalesce(max(ordinal), -1) + 1 AS n FROM agents")!.n;
  const founder = new Int32Array(length), parent = new Int32Array(length).fill(-1), active = new Int32Array(length);
  const members = new Int32Array(length), depth = new Int32Array(length), until = new Int32Array(length);
  const time = new Float64Array(length), below = new Int32Array(length);
  const founders: number[] = [];
  let totalActive = 0, generations = 0, depthActive = 0;
  for (const row of listing.rows<AgentRow>(agentsQuery)) {
    const { ordinal } = row;
    if (ordinal >= length) break; // Added by another step since the first query.
    const root = row.parent === null ? ordinal : founder[row.parent]!;
    if (root === ordinal) founders.push(ordinal);
    founder[ordinal] = root;
    parent[ordinal] = row.parent ?? -1;
    members[root]!++;
    depth[root] = Math.max(depth[root]!, row.generation);
    until[root] = Math.max(until[root]!, row.until ?? cycle + 1);
    time[root]! += Math.max(0, (row.until ?? cycle + 1) - row.born);
    if (row.active === 0) continue;
    active[root]!++;
    below[ordinal] = 1;
    totalActive++;
    generations += row.generation;
    depthActive = Math.max(depthActive, row.generation);
  }
  const ancestor = lastCommon(parent, below, totalActive);
  return { founder, founders, active, members, depth, until, time, totalActive, generations, depthActive, ancestor };
}

/** Parents are listed before their children, so the last agent with all active ones below it is the latest. */
function lastCommon(parent: Int32Array, below: Int32Array, total: number): number {
  if (total === 0) return -1;
  for (let ordinal = parent.length - 1; ordinal >= 0; ordinal--) {
    if (below[ordinal] === total) return ordinal;
    if (parent[ordinal]! >= 0) below[parent[ordinal]!]! += below[ordinal]!;
  }
  return -1;
}

function agentAt(listing: Listing, ordinal: number): LineageReport["commonAncestor"] {
  if (ordinal < 0) return null;
  return listing.get("SELECT id, generation, born FROM agents WHERE ordinal = ?", ordinal) ?? null;
}

/** Enters one life into differences between cycles. */
function live(differences: Float64Array, { born, until }: Pick<AgentRow, "born" | "until">, cycle: number): void {
  if (born > cycle || (until !== null && until <= born)) return;
  differences[born]!++;
  if (until !== null && until <= cycle) differences[until]!--;
}

function sums(differences: Float64Array, cycle: number): number[] {
  let sum = 0;
  return Array.from(differences.subarray(0, cycle + 1), (difference) => sum += difference);
}
