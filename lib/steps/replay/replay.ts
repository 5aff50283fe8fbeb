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
import { traceText } from "../../step/trace_text.ts";
import { writeNewFile } from "../../util/files.ts";
import { Misuse, StepFailed } from "../../util/issue.ts";
import { errnoOf } from "../../util/system_error.ts";
import { textOf } from "./document.ts";
import type { Drawing, DrawingFormat } from "./draw.ts";
import { issueOf, type Replayed } from "./issue.ts";
import { readKept } from "./kept.ts";
import { type Parts, type Replay, type ReplayIsolation, replayParts } from "./parts.ts";
import { findRecorded } from "./recorded.ts";

/** The exit code that says what holds. */
const exitCodes: Readonly<Record<ReplayResult, number>> = { same: 0, differs: 3, forgotten: 4, "other runtime": 5 };

/** Options of `replay`. */
export interface ReplayOptions {
  /** The cycle; absent: the last one that the agent's score is of. */
  readonly cycle?: number;
  /** How the processes are kept apart. */
  readonly isolation: ReplayIsolation;
  /** Whether the steps of the program are recorded. */
  readonly trace: boolean;
  /** Where it is drawn; absent: nowhere. */
  readonly view?: ViewPlace;
}

/** Where an evaluation is drawn. */
export interface ViewPlace {
  readonly format: DrawingFormat;
  /** The absolute path of a file that is not there yet. */
  readonly file: string;
}

/**
 * Emits the steps where they are recorded, and one `agent.replay`; or prints the same for people.
 *
 * What was done is judged again, and the agent's program is run again with what it was given, both in processes without
 * permissions; the listing is read alone. Needs read permission for configuration, listing, template, store, the public key
 * and `lib`, write permission for a temporary folder and the file of the view, and run permission for `/bin/sh`.
 *
 * @throws {Misuse} If the step's arguments name no agent, or several, or it was not judged in that cycle, or the file is there.
 * @throws {StepFailed} If not all is the same, with an exit code for each way in which it is not.
 */
export async function replay(step: StepContext, options: ReplayOptions): Promise<Counts> {
  const { paths } = step;
  using listing = Listing.open(paths.listing, { readOnly: true });
  const found = atOnce(listing, () => {
    const found = findRecorded(listing, step.args, options.cycle);
    return found.row ? readKept(listing, found.row) : found.dropped;
  });
  const { id, cycle, genomeHash } = "row" in found ? found.row : found;
  const { isolation, trace, view } = options;
  const tools = { listing, paths, config: await loadConfig(paths), isolation, trace, view: view?.format };
  const replayed = "row" in found ? await replayParts(tools, found) : { parts: dropped, trace: [] };
  return tell(step, { id, cycle, genomeHash }, replayed, view);
}

/** Writes all of it, and fails where not all is the same. */
function tell(
  step: StepContext,
  of: Pick<AgentReplay, "id" | "cycle" | "genomeHash">,
  { parts, world, trace, drawn }: Replay,
  view: ViewPlace | undefined,
): Counts {
  const known: Replayed = { ...of, result: resultOf(parts), ...parts, presentEngine: presentEngine() };
  const issue = issueOf(known);
  if (view && drawn) write(step, view.file, drawn, parts.episodes.length);
  else if (view) step.say("nothing is drawn, as not all of it could be played.");
  const record: AgentReplay = {
    type: "agent.replay",
    ok: issue === undefined,
    ...known,
    ...(view && drawn && { view: view.file }),
    ...(issue && { issue }),
  };
  if (step.format === "table") {
    if (trace.length > 0) step.print(`${traceText(trace, world!)}\n`);
    step.print(textOf(record));
  } else for (const one of [...trace, record]) step.emit(one);
  if (issue) throw new StepFailed(issue, { exitCode: exitCodes[record.result] });
  return { updates: 0, episodes: record.episodes.length };
}

function write(step: StepContext, file: string, { text, shown }: Drawing, episodes: number): void {
  let isNew: boolean;
  try {
    isNew = writeNewFile(file, text);
  } catch (error) {
    if (isFull(error)) throw error;
    throw unwritable(file, "its folder must be there, be writable, and be neither the run's nor the project's own");
  }
  if (!isNew) throw unwritable(file, "it must not be there yet; remove it, or take another name");
  step.say(`the view is in ${file}${shown < episodes ? `: the first ${shown} of ${episodes} episodes` : ""}.`);
}

/** What the disk lacks is no fault of the path's. */
function isFull(error: unknown): boolean {
  return ["ENOSPC", "EDQUOT", "EIO"].includes(errnoOf(error) ?? "");
}

function unwritable(file: string, why: string): Misuse {
  return new Misuse({ code: "replay.file", message: `Cannot write ${file} as ${why}.`, path: file });
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
