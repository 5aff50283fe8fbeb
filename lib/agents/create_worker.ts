/**
 * Creates agents: draws their genomes and makes their folders. Runs in a worker, or in the main thread for a few.
 *
 * @module
 */

import { fromBytes, toBytes } from "../runtime/genome_bytes.ts";
import { type Drawn, drawViable, mostDraws } from "../genome/draw.ts";
import { link } from "../genome/link.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import type { Pool } from "../genome/pool.ts";
import { deriveSeed, stream } from "../runtime/random.ts";
import { serve } from "../step/worker.ts";
import { manifest } from "../wiring/manifest.ts";
import { wiredBy } from "../template/wiring_of.ts";
import { createFolder, type Stamps } from "./folder.ts";
import type { CodeFile } from "../run/layout.ts";
import { sha256 } from "../util/hash.ts";
import { agentId } from "../run/id.ts";
import { type Metrics, metricsOf } from "./metrics.ts";
import { KnownPools } from "../template/known_pools.ts";

/** What to create: the agents of `init` with the indexes from `from` to before `to`. */
export interface CreateOrder {
  readonly from: number;
  readonly to: number;
  /** The run's seed. */
  readonly seed: string;
  /** Chance that a gene starts active, 0 to 1. */
  readonly active: number;
  /** The folder of all agents. */
  readonly agents: string;
  /** The folder of the run's pools, and the hash of the present one. */
  readonly template: string;
  readonly pool: string;
  /** Genomes that some of them have; the others' are drawn. */
  readonly given?: readonly PlacedGenome[];
}

/** A genome that an agent begins with. */
export interface PlacedGenome {
  /** Index of the agent. */
  readonly index: number;
  /** Where it comes from. */
  readonly from: string;
  /** Complete, as the pool has it. */
  readonly bytes: Uint8Array;
  /** What of it the pool lacks. */
  readonly ignored: readonly string[];
}

/** An agent that has been created. */
export interface Created extends Stamps {
  readonly index: number;
  readonly id: string;
  readonly genome: Uint8Array;
  readonly genomeHash: string;
  readonly reach: string;
  readonly buildKey: string;
  readonly metrics: Metrics;
  /** How many genomes were drawn, none of one that was given, and whether the last one links. */
  readonly draws: number;
  readonly linked: boolean;
  /** Of a genome that was given: where it comes from, and what of it the pool lacks. */
  readonly given?: Pick<PlacedGenome, "from" | "ignored">;
}

interface PoolWithCode {
  readonly pool: Pool;
  readonly code: readonly CodeFile[];
}

let pools: KnownPools | undefined;

/**
 * Creates a range of agents.
 *
 * Needs read permission for the run's pools, read and write permission for `agents`.
 */
export async function handle(order: CreateOrder): Promise<Created[]> {
  if (pools?.present !== order.pool || pools.template !== order.template) pools = new KnownPools(order, order.pool);
  const pool = { pool: pools.pool, code: await pools.codeOf(order.pool) };
  const created: Created[] = [];
  for (let index = order.from; index < order.to; index++) created.push(await create(order, index, pool));
  return created;
}

async function create(order: CreateOrder, index: number, { pool, code }: PoolWithCode): Promise<Created> {
  const id = agentId(order.seed, "init", index);
  const placed = order.given?.find((one) => one.index === index);
  const random = stream(deriveSeed(order.seed, "genome", index));
  const { genome, draws, linked } = placed ? taken(placed, pool) : drawViable(pool, random, order.active, mostDraws);
  const bytes = toBytes(genome);
  const { wiring, reach, buildKey } = await wiredBy(genome, pool);
  const stamps = createFolder(order.agents, id, {
    genome: bytes,
    code,
    manifest: manifest(`${order.agents}/${id}`, id),
    ...wiring,
  });
  return {
    index,
    id,
    genome: bytes,
    genomeHash: await sha256(bytes),
    reach,
    buildKey,
    metrics: metricsOf(genome, pool),
    draws,
    linked,
    ...(placed && { given: { from: placed.from, ignored: placed.ignored } }),
    ...stamps,
  };
}

function taken({ bytes }: PlacedGenome, pool: Pool): Drawn {
  const genome = fromBytes(bytes) as Genome;
  return { genome, draws: 0, linked: link(genome, pool) === undefined };
}

serve(handle);
