/**
 * How agents come to be listed: created by `init`, or born in a selection.
 *
 * Call each inside the transaction that also holds what caused it; the event is recorded in the same one.
 *
 * @module
 */

import type { BirthKind } from "../../records/selection.ts";
import { recordEvent } from "../events.ts";
import type { Listing } from "../listing.ts";

/** An agent that `init` has made the folder of. */
export interface CreatedAgent {
  readonly id: string;
  /** Its number among those that `init` has made. */
  readonly index: number;
  /** The cycle after which it takes part. */
  readonly born: number;
  readonly genomeHash: string;
  readonly codeHash: string;
  /** Sizes and times of all its files. */
  readonly stamp: string;
  /** What its wiring was made from, sizes and times of those files, and the key that it is built under. */
  readonly wiredFrom: string;
  readonly wiredStamp: string;
  readonly buildKey: string;
  /** What its genome reaches of the pool. */
  readonly reach: string;
  /** JSON. */
  readonly metrics: string;
  /** Energy that it starts with. */
  readonly energy: number;
  readonly island: number;
  /** Where its genome comes from; absent: it was drawn. */
  readonly from?: string;
}

/** A parent of a newborn agent, with the genome that it gave. */
export interface GivingParent {
  readonly id: string;
  readonly genomeHash: string;
}

/** An agent that a selection lets be born: its folder is made later, from what is recorded here. */
export interface NewbornAgent {
  readonly id: string;
  readonly kind: BirthKind;
  readonly generation: number;
  /** The first gives genome and artifact, the others their genomes into its inbox; none where the genome was drawn. */
  readonly parents: readonly GivingParent[];
  readonly genomeHash: string;
  readonly codeHash: string;
  readonly buildHash: string | null;
  /** Energy that it starts with. */
  readonly energy: number;
  readonly island: number;
  /** Cycles since the oldest of its genes was drawn. */
  readonly birthAge: number;
}

/** Lists an agent that was created. */
export function create(listing: Listing, cycle: number, agent: CreatedAgent): void {
  const { id, index, genomeHash, codeHash, from } = agent;
  listing.run(
    `INSERT INTO agents (ordinal, id, status, kind, stage, generation, born, genome_hash, code_hash, genome_ok, stamp,
        wired_from, wired_stamp, reach, build_key, metrics, metrics_of, energy, island)
      VALUES (coalesce((SELECT max(ordinal) + 1 FROM agents), 0), ?1, 'active', 'init', 'adult', 0, ?2, ?3, ?4, 1, ?5,
        ?6, ?7, ?8, ?9, ?10, ?3, ?11, ?12)`,
    id,
    agent.born,
    genomeHash,
    codeHash,
    agent.stamp,
    agent.wiredFrom,
    agent.wiredStamp,
    agent.reach,
    agent.buildKey,
    agent.metrics,
    agent.energy,
    agent.island,
  );
  recordEvent(listing, cycle, "agent.created", id, {
    index,
    genomeHash,
    codeHash,
    ...(from !== undefined && { from }),
  });
}

/** Lists an agent that is born in a cycle's selection. */
export function bear(listing: Listing, cycle: number, agent: NewbornAgent): void {
  const { id, kind, generation } = agent;
  const [, ...mates] = agent.parents;
  const parents = agent.parents.map(({ id, genomeHash }) => ({ id, genomeHash, share: null }));
  listing.run(
    `INSERT INTO agents (ordinal, id, status, kind, stage, generation, born, parents, genome_hash, code_hash,
        build_hash, energy, island, birth_age)
      VALUES ((SELECT max(ordinal) + 1 FROM agents), ?, 'active', ?, 'planned', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    kind,
    generation,
    cycle,
    JSON.stringify(parents),
    agent.genomeHash,
    agent.codeHash,
    agent.buildHash,
    agent.energy,
    agent.island,
    agent.birthAge,
  );
  mates.forEach((mate, position) =>
    listing.run(
      "INSERT INTO inboxes (agent, position, kind, sender, body) VALUES (?, ?, 'mate', ?, ?)",
      id,
      position,
      mate.id,
      mate.genomeHash,
    )
  );
  recordEvent(listing, cycle, "agent.born", id, { kind, generation, parents });
}
