/**
 * Whether genomes, memories, inboxes and evidence are what their hashes say.
 *
 * @module
 */

import { sha256 } from "../../util/hash.ts";
import { hasFolder } from "../../db/agents.ts";
import { dropBlob, forgetBest, forgetEvidence, forgetGiven, givenHashes } from "../../db/blobs.ts";
import { forgetArchived } from "../../db/archive.ts";
import { forgetFounder } from "../../db/founders.ts";
import { forgetMemory } from "../../db/memories.ts";
import type { Listing } from "../../db/listing.ts";
import { disable } from "../../db/transitions/status.ts";
import { presentCycle } from "../../db/cycle.ts";
import { genomeBytes } from "../../agents/genomes.ts";
import { bad } from "../../util/issue.ts";
import type { Finding, Inspection } from "../../agents/inspection.ts";

interface Blob {
  readonly hash: string;
  readonly kind: "genome" | "memory" | "inbox" | "evidence";
  readonly bytes: Uint8Array;
}

/** Finds bytes that are not what their hash says, and bytes that are named and not there. */
export async function* checkBlobs(inspection: Inspection): AsyncGenerator<Finding> {
  yield* changed(inspection);
  yield* lostGenomes(inspection);
  yield* lostOthers(inspection);
}

async function* changed({ listing }: Inspection): AsyncGenerator<Finding> {
  const page = "SELECT hash, kind, bytes FROM blobs WHERE hash > ? ORDER BY hash LIMIT 64";
  for (let last = "";;) {
    const blobs = listing.all<Blob>(page, last);
    if (blobs.length === 0) return;
    last = blobs.at(-1)!.hash;
    for (const { hash, kind, bytes } of blobs) {
      if (await sha256(bytes) === hash) continue;
      yield {
        ...bad("blob.changed", `The listing holds other bytes than the hash of this ${kind} says.`, hash),
        id: null,
        repair: () => dropBlob(listing, hash),
        action: "they were removed",
      };
    }
  }
}

/** The genomes that living agents have, and those that they had when they were best. */
async function* lostGenomes({ listing, paths }: Inspection): AsyncGenerator<Finding> {
  const quarantine = listing.all<{ id: string; genomeHash: string }>(
    `SELECT id, genome_hash AS genomeHash FROM agents WHERE ${hasFolder} AND (genome_ok = 1 OR status = 'active')
      AND genome_hash NOT IN (SELECT hash FROM blobs) ORDER BY ordinal`,
  );
  for (const agent of quarantine) {
    const { id, genomeHash } = agent;
    if (listing.blob(genomeHash)) continue;
    const bytes = await genomeBytes(listing, paths.agents, agent);
    const { issue } = bad("genome.lost", "The listing has lost this agent's genome.", genomeHash);
    if (bytes) {
      const repair = () => listing.putBlob(genomeHash, "genome", bytes);
      yield { issue, id, repair, action: "it was taken from the agent's folder" };
    } else if (listing.get("SELECT 1 FROM agents WHERE id = ? AND status = 'active'", id)) {
      const repair = () => listing.transaction(() => disable(listing, id, presentCycle(listing), issue));
      yield { issue, id, repair, action: "the agent was disabled" };
    }
  }
}

/** What else is named by a hash can be forgotten: no score depends on it. */
function* lostOthers({ listing }: Inspection): Generator<Finding> {
  const others = [
    {
      what: "the best genome of",
      from: "SELECT id, best_genome_hash AS hash FROM agents WHERE status <> 'dead' AND best_genome_hash IS NOT NULL",
      forget: forgetBest,
    },
    {
      what: "what the archive has of",
      from: "SELECT agent AS id, genome_hash AS hash FROM archive",
      forget: forgetArchived,
    },
    {
      what: "the first genome of",
      from: "SELECT agent AS id, genome_hash AS hash FROM founders",
      forget: forgetFounder,
    },
    {
      what: "the memory of",
      from: "SELECT agent AS id, hash FROM memories",
      forget: forgetMemory,
    },
    {
      what: "evidence of",
      from: "SELECT agent AS id, evidence_hash AS hash FROM evaluations WHERE evidence_hash IS NOT NULL",
      forget: forgetEvidence,
    },
    {
      what: "what was given to",
      from: givenHashes,
      forget: forgetGiven,
    },
  ];
  for (const { what, from, forget } of others) {
    for (const { id, hash } of missing(listing, from)) {
      yield {
        ...bad("blob.lost", `The listing has lost ${what} this agent.`, hash),
        id,
        repair: () => forget(listing, id, hash),
        action: "it is no longer named",
      };
    }
  }
}

function missing(listing: Listing, from: string): { id: string; hash: string }[] {
  return listing.all(`SELECT id, hash FROM (${from}) WHERE hash NOT IN (SELECT hash FROM blobs) ORDER BY id, hash`);
}
