/**
 * Replays an evaluation: plays again what is kept of it in the judge, and runs the agent's own program again.
 *
 * @module
 */

import { Listing } from "../../db/listing.ts";
import { presentEngine } from "../../db/shared_inputs.ts";
import type { AgentReplay, ReplayPart, ReplayResult } from "../../records/replay.ts";
import { loadConfig } from "../../run/config.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { StepFailed } from "../../util/issue.ts";
import { textOf } from "./document.ts";
import { issueOf, type Replayed } from "./issue.ts";
import { readKept } from "./kept.ts";
import { type Parts, type ReplayIsolation, replayParts } from "./parts.ts";
import { findRecorded } from "./recorded.ts";

/** The exit code that says what holds. */
const exitCodes: Readonly<Record<ReplayResult, number>> = { same: 0, differs: 3, forgotten: 4, "other runtime": 5 };

/** Options of `replay`. */
export interface ReplayOptions {
  /** The cycle; absent: the last one that the agent's score is of. */
  readonly cycle?: number;
  /** How the processes are kept apart. */
  readonly isolation: ReplayIsolation;
}

/**
 * Emits one `agent.replay`, or prints the same for people.
 *
 * What was done is judged again, and the agent's program is run again with what it was given, both in processes without
 * permissions; the listing is read alone. Needs read permission for configuration, listing, template, store, the public key
 * and `lib/runtime`, write permission for a temporary folder, and run permission for `/bin/sh`.
 *
 * @throws {Misuse} If the step's arguments name no agent, or several, or it was not judged in that cycle.
 * @throws {StepFailed} If not all is the same, with an exit code for each way in which it is not.
 */
export async function replay(step: StepContext, { cycle, isolation }: ReplayOptions): Promise<Counts> {
  const { paths, format } = step;
  using listing = Listing.open(paths.listing, { readOnly: true });
  const found = atOnce(listing, () => {
    const found = findRecorded(listing, step.args, cycle);
    return found.row ? readKept(listing, found.row) : found.dropped;
  });
  const { id, genomeHash } = "row" in found ? found.row : found;
  const parts = "row" in found
    ? await replayParts({ listing, paths, config: await loadConfig(paths), isolation }, found)
    : dropped;
  const replayed: Replayed = {
    id,
    cycle: "row" in found ? found.row.cycle : found.cycle,
    genomeHash,
    result: resultOf(parts),
    ...parts,
    presentEngine: presentEngine(),
  };
  const issue = issueOf(replayed);
  const record: AgentReplay = { type: "agent.replay", ok: issue === undefined, ...replayed, ...(issue && { issue }) };
  if (format === "table") step.print(textOf(record));
  else step.emit(record);
  if (issue) throw new StepFailed(issue, { exitCode: exitCodes[record.result] });
  return { updates: 0, episodes: record.episodes.length };
}

const gone: ReplayPart = { result: "forgotten", reason: "retention has dropped it" };

/** An evaluation of which there is nothing left. */
const dropped: Parts = { judged: gone, ran: gone, episodes: [], recordedEngine: null };

/** Reads within one snapshot of the listing. */
function atOnce<T>(listing: Listing, read: () => T): T {
  listing.db.exec("BEGIN");
  try {
    return read();
  } finally {
    listing.db.exec("COMMIT");
  }
}

/** What holds of both parts together. */
function resultOf({ judged, ran, recordedEngine }: Parts): ReplayResult {
  const results = [judged.result, ran.result];
  const isOther = recordedEngine !== null && JSON.stringify(recordedEngine) !== JSON.stringify(presentEngine());
  if (results.every((result) => result === "forgotten")) return "forgotten";
  if (isOther) return "other runtime";
  return results.includes("differs") ? "differs" : results.includes("forgotten") ? "forgotten" : "same";
}
