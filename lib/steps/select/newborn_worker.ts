/**
 * Makes the folders of the newborn. Runs in a worker, or in the main thread for a few.
 *
 * @module
 */

import { createFolder, type Stamps } from "../../agents/folder.ts";
import type { CodeFile } from "../../run/layout.ts";
import { KnownPools } from "../../template/known_pools.ts";
import { type Metrics, metricsOf } from "../../agents/metrics.ts";
import { reuseFolder, type Spare } from "../../agents/reuse.ts";
import { wiringOf } from "../../template/wiring_of.ts";
import { StepFailed } from "../../util/issue.ts";
import { serve } from "../../step/worker.ts";
import { manifest } from "../../wiring/manifest.ts";
import type { WiringText } from "../../wiring/wiring.ts";

/** One that is to be born. */
export interface Newborn {
  readonly id: string;
  readonly genomeHash: string;
  readonly genome: Uint8Array;
  /** Files of its own by name: its inbox. */
  readonly own: Readonly<Record<string, string>>;
  /** The folder of a dead agent, which may become its own; absent: it gets a new one. */
  readonly spare?: Spare;
}

/** Whose folders to make. */
export interface BirthOrder {
  /** The folder of all agents. */
  readonly agents: string;
  /** The folder of the run's pools, and the hash of the present one. */
  readonly template: string;
  readonly pool: string;
  readonly newborn: readonly Newborn[];
}

/** What the listing is to know of a folder that was made. */
export interface Made extends Stamps {
  readonly id: string;
  /** The dead agent whose folder it was; absent: it is new. */
  readonly of?: string;
  readonly reach: string;
  readonly buildKey: string;
  readonly metrics: Metrics;
}

/** What depends on the genome alone. */
interface Derived {
  readonly wiring: WiringText;
  readonly reach: string;
  readonly buildKey: string;
  readonly metrics: Metrics;
}

// Few genomes have many children: a bound on memory, some kilobytes each.
const kept = 1024;

let pools: KnownPools | undefined;
let derived = new Map<string, Promise<Derived>>();

/**
 * Makes folders.
 *
 * Needs read permission for the run's pools, read and write permission for `agents`.
 *
 * @throws {StepFailed} If a genome does not fit the pool.
 */
export async function handle(order: BirthOrder): Promise<Made[]> {
  if (pools?.present !== order.pool || pools.template !== order.template) {
    pools = new KnownPools(order, order.pool);
    derived = new Map();
  }
  const code = await pools.codeOf(order.pool);
  // Together, since each waits for its hash.
  const all = await Promise.all(order.newborn.map((newborn) => derivedOf(newborn, pools!)));
  return order.newborn.map((newborn, i) => make(order.agents, newborn, code, all[i]!));
}

function make(agents: string, newborn: Newborn, code: readonly CodeFile[], derived: Derived): Made {
  const { id, genome, own, spare } = newborn;
  const { wiring, ...rest } = derived;
  const contents = { genome, code, manifest: manifest(`${agents}/${id}`, id), own, ...wiring };
  const stamps = spare && reuseFolder(agents, spare, id, contents);
  if (stamps) return { id, of: spare.id, ...rest, ...stamps };
  return { id, ...rest, ...createFolder(agents, id, contents) };
}

function derivedOf(newborn: Newborn, pools: KnownPools): Promise<Derived> {
  let one = derived.get(newborn.genomeHash);
  if (one) return one;
  if (derived.size >= kept) derived.clear();
  derived.set(newborn.genomeHash, one = derive(newborn.genome, pools));
  return one;
}

async function derive(bytes: Uint8Array, pools: KnownPools): Promise<Derived> {
  const wired = await wiringOf(bytes, pools);
  if (!wired.ok) throw new StepFailed(wired.issue);
  const { genome, ...rest } = wired.value;
  return { ...rest, metrics: metricsOf(genome, pools.pool) };
}

serve(handle);
