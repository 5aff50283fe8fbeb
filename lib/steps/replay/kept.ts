/**
 * What the listing keeps of an evaluation, read at one instant.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { scoreHistoryOf } from "../../db/score_history.ts";
import { type SharedInputs, sharedInputsOf } from "../../db/shared_inputs.ts";
import { decodeGenome } from "../../genome/codec.ts";
import type { AgentRequest, Message } from "../../runtime/contract.ts";
import type { Genome } from "../../runtime/genome_schema.ts";
import { sha256Now } from "../../util/hash_now.ts";
import type { ReplayDifference } from "../../records/replay.ts";
import type { Letter } from "./compare.ts";
import type { Recorded } from "./recorded.ts";

/** What is kept of an evaluation. */
export interface Kept {
  readonly row: Recorded;
  /** Undefined where it was judged by an earlier release, or retention has dropped it. */
  readonly shared: SharedInputs | undefined;
  readonly genome: KeptBytes;
  readonly decoded: Genome | undefined;
  readonly evidence: KeptBytes;
  /** What it was given; undefined where a part of it is not kept. */
  readonly given: Given | undefined;
  readonly letters: readonly Letter[];
  /** What is not the bytes of its hash. */
  readonly changed: readonly ReplayDifference[];
}

/** Undefined where they are not kept. */
type KeptBytes = Uint8Array | undefined;

/** What an evaluation was given, besides its genome. */
export interface Given {
  readonly addresses: readonly string[];
  readonly inbox: AgentRequest["inbox"];
  readonly past: AgentRequest["past"];
  /** JSON; absent where it was empty. */
  readonly memory: string | undefined;
}

/** Hashes of what an evaluation was given, and the addresses. */
interface Inputs {
  readonly memory: string | null;
  readonly inbox: string | null;
  readonly addresses: readonly string[];
}

const decoder = new TextDecoder();

/** Reads what is kept; call it inside a transaction. */
export function readKept(listing: Listing, row: Recorded): Kept {
  const changed: ReplayDifference[] = [];
  const bytesOf = (what: string, hash: string | null): KeptBytes => {
    const bytes = hash === null ? undefined : listing.blob(hash);
    const now = bytes && sha256Now(bytes);
    if (now !== undefined && now !== hash) changed.push({ what, recorded: hash, now });
    return bytes;
  };
  const genome = bytesOf("genome", row.genomeHash);
  const decoded = genome && decodeGenome(genome);
  return {
    row,
    shared: sharedInputsOf(listing, row.shared),
    genome,
    decoded: decoded?.ok ? decoded.value : undefined,
    evidence: bytesOf("evidence", row.evidenceHash),
    given: givenTo(listing, row, bytesOf),
    letters: listing.all<Letter>(
      "SELECT recipient, body FROM outbox WHERE cycle = ? AND sender = ? ORDER BY line",
      row.cycle,
      row.id,
    ).map(({ recipient, body }) => ({ recipient, body })),
    changed,
  };
}

function givenTo(
  listing: Listing,
  row: Recorded,
  bytesOf: (what: string, hash: string | null) => KeptBytes,
): Given | undefined {
  const inputs = inputsOf(row);
  if (row.shared === null || !inputs) return undefined;
  const { memory, inbox, addresses } = inputs;
  const [remembered, mail] = [bytesOf("memory", memory), bytesOf("inbox", inbox)];
  const isBestLost = row.pastBestGenome !== null && listing.blob(row.pastBestGenome) === undefined;
  if ((memory !== null && !remembered) || (inbox !== null && !mail) || isBestLost) return undefined;
  const letters = mail ? lettersOf(listing, decoder.decode(mail)) : [];
  if (!letters) return undefined;
  const { id, cycle, genomeHash, pastBestScore: bestScore, pastBestGenome: bestGenomeHash } = row;
  const history = { id, cycle, kind: "judged", genomeHash, bestScore, bestGenomeHash };
  return {
    addresses,
    inbox: letters,
    past: scoreHistoryOf(listing, history, row.conditions ?? ""),
    memory: remembered && decoder.decode(remembered),
  };
}

/** What is recorded of the inputs; undefined where it is no such record: a listing may come out of a stranger's backup. */
function inputsOf({ inputs }: Recorded): Inputs | undefined {
  const { memory, inbox, addresses }: Partial<Inputs> = recordOf(inputs) ?? {};
  const areHashes = [memory, inbox].every((hash) => hash === null || typeof hash === "string");
  if (!areHashes || !Array.isArray(addresses) || !addresses.every((id) => typeof id === "string")) return undefined;
  return { memory: memory!, inbox: inbox!, addresses };
}

/** The letters of an inbox, as the agent was given them; undefined where one is none. */
function lettersOf(listing: Listing, text: string): AgentRequest["inbox"] | undefined {
  const letters: Message[] = [];
  for (const line of text.split("\n").filter((line) => line !== "")) {
    const { from, body } = recordOf(line) ?? {};
    if (typeof from !== "string" || !Array.isArray(body) || !body.every(Number.isFinite)) return undefined;
    letters.push({ from: ordinalOf(listing, from), body });
  }
  return letters;
}

function recordOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function ordinalOf(listing: Listing, id: string): number {
  return listing.get<{ ordinal: number }>("SELECT ordinal FROM agents WHERE id = ?", id)?.ordinal ?? -1;
}
