/**
 * Evaluations that are about to be started: their requests, and what is recorded of them.
 *
 * @module
 */

import { agentLimits } from "../../isolation/limits.ts";
import { ownPart } from "../../isolation/own_request.ts";
import type { EvaluationRequest } from "../../isolation/request.ts";
import { byteLimits, fromBytes } from "../../runtime/genome_bytes.ts";
import type { Genome } from "../../runtime/genome_schema.ts";
import { sha256Now } from "../../util/hash_now.ts";
import { bad, good, type Result } from "../../util/issue.ts";
import type { Listing } from "../../db/listing.ts";
import { genomeBytes } from "../../agents/genomes.ts";
import { deriveSeed, stream } from "../../runtime/random.ts";
import type { AddressBook } from "../../evaluation/addresses.ts";
import type { DueEvaluation } from "./due.ts";
import { lackingBlobs } from "../../db/blobs.ts";
import { enterStart } from "../../db/evaluations.ts";
import { readInbox } from "../../db/inbox.ts";
import { memoryHash } from "../../db/memories.ts";
import { raceInputs, raceName } from "../../evaluation/cycle_race.ts";
import { scoreHistoryOf } from "../../db/score_history.ts";
import { effortOf } from "../../run/worlds.ts";
import type { RunFacts } from "./run_facts.ts";

/** An evaluation that can be started. */
export interface Evaluation extends DueEvaluation {
  /** Repeated in the reply; of this evaluation alone. */
  readonly token: string;
  /** The bytes of its genome; absent where the listing has lost them. */
  readonly genome: Uint8Array | undefined;
  /** Whether the listing holds them. */
  readonly isKept: boolean;
  /** Ids of the agents that it may write to, by the index that it names them with. */
  readonly addresses: readonly string[];
  /** What lies in its inbox, as it is kept. */
  readonly inbox: string;
  /** The best of the score history that it is given; null where there is none. */
  readonly best: { readonly score: number; readonly genome: string } | null;
  /** Hashes of what it is given, for its record. */
  readonly inputs: Inputs;
  /** What an isolation is asked; or why it can't be evaluated. */
  readonly request: Result<EvaluationRequest>;
}

/** What an evaluation is given, besides genome and worlds. */
export interface Inputs {
  /** SHA-256 of the memory of the agent's lifetime, null if it is empty. */
  readonly memory: string | null;
  /** SHA-256 of its inbox, null if that is empty. */
  readonly inbox: string | null;
  /** Hashes of the genomes of the other parents. */
  readonly mates: readonly string[];
  readonly addresses: readonly string[];
  /** Of a world with instances: which one each of its episodes is of, in their order. */
  readonly instances?: readonly number[];
}

/**
 * The genomes that the listing lacks and that lie in their agents' folders, by hash.
 *
 * Needs read permission for the agents' folders.
 *
 * @param agents The folder of all agents.
 */
export async function genomesBeside(
  listing: Listing,
  agents: string,
  due: readonly DueEvaluation[],
): Promise<Map<string, Uint8Array>> {
  const beside = new Map<string, Uint8Array>();
  const lacking = lackingBlobs(listing, due.map((one) => one.genomeHash));
  if (lacking.size === 0) return beside;
  for (const one of due) {
    const bytes = lacking.has(one.genomeHash) ? await genomeBytes(listing, agents, one) : undefined;
    if (bytes) beside.set(one.genomeHash, bytes);
  }
  return beside;
}

/**
 * Gathers what an evaluation is given.
 *
 * @param book Where it may write to; a gestation writes nothing.
 * @param beside The bytes of its genome, where the listing has lost them.
 */
export function prepareEvaluation(
  listing: Listing,
  facts: RunFacts,
  book: AddressBook | undefined,
  due: DueEvaluation,
  beside?: Uint8Array,
): Evaluation {
  if (due.kind === "race") return prepareRace(listing, facts, due, beside);
  const judged = due.kind === "judged";
  // Blobs are kept under their hash by steps that made it.
  const kept = listing.blob(due.genomeHash);
  const genome = kept ?? beside;
  const { mail, mates, text } = readInbox(listing, due.id);
  const memory = judged ? memoryOf(listing, due.id, facts) : undefined;
  const addresses = judged ? book?.draw(due.id, facts.config.mail.addresses) ?? [] : [];
  const past = scoreHistoryOf(listing, due, facts.conditions);
  const { token, own } = ownPart(facts.seed, facts.pool.world, {
    ...due,
    kind: judged ? "judged" : "gestation",
    genome,
    mates: judged ? [] : mates.map((hash) => listing.blob(hash)).filter((bytes) => bytes !== undefined),
    past,
    inbox: judged ? mail : [],
    addresses: addresses.length,
    memory: memory?.text,
  });
  return {
    ...due,
    token,
    genome,
    inbox: text,
    best: past.best === null ? null : { score: past.bestScore!, genome: due.bestGenomeHash! },
    isKept: kept !== undefined,
    addresses,
    inputs: {
      memory: memory?.hash ?? null,
      inbox: judged && mail.length > 0 ? sha256Now(text) : null,
      mates: judged ? [] : mates,
      addresses,
      ...(judged && facts.instances && { instances: facts.instances }),
    },
    request: requestOf(facts, due, genome, { own, token, addresses: addresses.length }),
  };
}

/**
 * Gathers what an evaluation in a race is given: the genome alone, so that it changes nothing of the agent, and nothing that the
 * agent has come to since changes it.
 */
function prepareRace(listing: Listing, facts: RunFacts, due: DueEvaluation, beside?: Uint8Array): Evaluation {
  const kept = listing.blob(due.genomeHash);
  const genome = kept ?? beside;
  const { token, own } = ownPart(facts.seed, facts.pool.world, {
    id: raceName(due.id),
    cycle: due.cycle,
    kind: "judged",
    genomeHash: due.genomeHash,
    genome,
    ...raceInputs,
  });
  return {
    ...due,
    token,
    genome,
    inbox: "",
    best: null,
    isKept: kept !== undefined,
    addresses: [],
    inputs: {
      memory: null,
      inbox: null,
      mates: [],
      addresses: [],
      ...(facts.instances && { instances: facts.instances }),
    },
    request: requestOf(facts, due, genome, { own, token, addresses: 0 }),
  };
}

function requestOf(
  facts: RunFacts,
  due: DueEvaluation,
  genome: Uint8Array | undefined,
  { own, token, addresses }: { readonly own: string; readonly token: string; readonly addresses: number },
): Result<EvaluationRequest> {
  const { id, kind, cycle } = due;
  const isJudged = kind !== "gestation";
  if (!genome) return bad("genome.missing", "Its genome can't be found.");
  if (due.buildHash === null) return bad("artifact.missing", "There is no artifact for its gestation.");
  return good({
    id,
    kind: isJudged ? "judged" : kind,
    cycle,
    artifact: { artifact: due.buildHash, genome: due.genomeHash, bytes: genome },
    own,
    // The large parts are the same for all and were made once.
    common: `"worlds":${isJudged ? facts.worldsJson : "[]"},"pool":${facts.poolJson}`,
    expected: { token, episodes: isJudged ? facts.worlds.length : 0, addresses, genomeBytes: byteLimits.size },
    limits: agentLimits(facts.config),
    steps: isJudged ? effortOf(facts.pool.world, facts.worlds) : 0,
    verified: stream(deriveSeed(facts.seed, "pooled", cycle, id, kind))() < facts.config.isolation.verifyFraction,
    alone: false,
  });
}

const decoded = new WeakMap<Uint8Array, Genome>();

/** The genome of an evaluation that has one, decoded once: what was built was found valid, and its hash says that it is the same. */
export function genomeOf(evaluation: Evaluation): Genome {
  let genome = decoded.get(evaluation.genome!);
  if (!genome) decoded.set(evaluation.genome!, genome = fromBytes(evaluation.genome!) as Genome);
  return genome;
}

function memoryOf(listing: Listing, id: string, facts: RunFacts): { hash: string; text: string } | undefined {
  if (facts.pool.world.memory !== "lifetime") return undefined;
  const hash = memoryHash(listing, id);
  const bytes = hash === undefined ? undefined : listing.blob(hash);
  return bytes && { hash: hash!, text: new TextDecoder().decode(bytes) };
}

/**
 * Records that evaluations are about to be started: what is started, and what it is given. Call it inside a transaction.
 *
 * A result counts only if it fits this record; an evaluation that was recorded and has no outcome is run again.
 */
export function recordStarts(listing: Listing, { conditions }: RunFacts, evaluations: readonly Evaluation[]): void {
  for (const evaluation of evaluations) {
    if (evaluation.genome && !evaluation.isKept) listing.putBlob(evaluation.genomeHash, "genome", evaluation.genome);
    enterStart(listing, {
      ...evaluation,
      inputs: JSON.stringify(evaluation.inputs),
      conditions: evaluation.kind === "gestation" ? null : conditions,
    });
  }
}
